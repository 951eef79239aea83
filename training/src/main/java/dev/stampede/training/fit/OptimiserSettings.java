package dev.stampede.training.fit;

import java.util.List;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * How gradients change the weights.
 *
 * @param learningRate initial learning rate, above 0
 * @param schedule of the learning rate over the steps of the fit
 * @param weightDecay 0 or more; biases are not decayed
 */
public record OptimiserSettings(
        Optimiser optimiser, double learningRate, LearningRateSchedule schedule, double weightDecay) {
    public OptimiserSettings {
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the learning rate must be above 0, not " + learningRate);
        }
        if (!(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the weight decay must be 0 or more, not " + weightDecay);
        }
    }

    IUpdater updater(int steps) {
        return optimiser.updater(schedule.over(learningRate, steps));
    }

    List<Regularization> regularisation() {
        return weightDecay == 0 ? List.of() : List.of(optimiser.decay(weightDecay));
    }
}
