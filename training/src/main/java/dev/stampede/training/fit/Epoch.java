package dev.stampede.training.fit;

/**
 * What one pass over the stamps came to.
 *
 * @param number from 1
 * @param fittingLoss mean log loss over its batches while they were fitted, with dropout, nats
 * @param validationLoss log loss on the validation stamps after it, nats
 * @param validationAccuracy share of the validation stamps whose more probable class is the true one
 * @param stampsPerSecond fitted, without the validation
 */
public record Epoch(
        int number, double fittingLoss, double validationLoss, double validationAccuracy, double stampsPerSecond) {}
