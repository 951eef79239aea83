package dev.stampede.training.pipeline;

import dev.stampede.training.evaluate.Evaluation;
import dev.stampede.training.gate.GateDecision;

/**
 * The result of a retraining.
 *
 * @param training the new model
 * @param evaluation of the new model on the test set
 * @param decision of the gate
 */
public record RetrainingResult(TrainingResult training, Evaluation evaluation, GateDecision decision) {}
