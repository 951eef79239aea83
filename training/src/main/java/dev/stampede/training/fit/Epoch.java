package dev.stampede.training.fit;

/**
 * The result of one pass over the training set.
 *
 * @param number from 1
 * @param fittingLoss mean training loss over its batches, with dropout, nats
 * @param validationLoss log loss of the validation set after the epoch, nats
 * @param validationAccuracy share of the validation set whose most probable class is the true one
 * @param stampsPerSecond without the validation
 */
public record Epoch(
        int number, double fittingLoss, double validationLoss, double validationAccuracy, double stampsPerSecond) {}
