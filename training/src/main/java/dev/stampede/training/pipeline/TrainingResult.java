package dev.stampede.training.pipeline;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.fit.Epoch;
import java.util.List;

/**
 * The result of a training.
 *
 * @param contract of the model file, including its metrics on the test set
 * @param split the stamps it was trained, validated and tested on
 * @param epochs the training history
 * @param maxDifference the largest difference between the probabilities of the model file and of the network
 */
public record TrainingResult(ModelContract contract, Split split, List<Epoch> epochs, double maxDifference) {
    public TrainingResult {
        epochs = List.copyOf(epochs);
    }
}
