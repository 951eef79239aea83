package dev.stampede.training.fit;

import java.util.List;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.ISchedule;

/** How a gradient becomes a step. */
public enum Optimiser {
    /** Against the gradient, nothing else. */
    SGD {
        @Override
        IUpdater updater(ISchedule learningRate) {
            return new Sgd(learningRate);
        }
    },
    /** With the momentum of a heavy ball (Polyak 1964). */
    MOMENTUM {
        @Override
        IUpdater updater(ISchedule learningRate) {
            return new HeavyBall(learningRate, FRICTION);
        }
    },
    /** With momentum that looks a step ahead (Nesterov 1983). */
    NESTEROV {
        @Override
        IUpdater updater(ISchedule learningRate) {
            return new Nesterovs(learningRate, FRICTION);
        }
    },
    /** Steps of equal size for weights of unequal gradients (Kingma and Ba 2015); decay is part of the gradient. */
    ADAM {
        @Override
        IUpdater updater(ISchedule learningRate) {
            return new Adam(learningRate);
        }
    },
    /** Adam with decay beside the gradient, not within it (Loshchilov and Hutter 2019). */
    ADAMW {
        @Override
        IUpdater updater(ISchedule learningRate) {
            return new Adam(learningRate);
        }

        @Override
        Regularization decay(double weightDecay) {
            return new WeightDecay(weightDecay, true);
        }
    };

    /** The share of its velocity that a weight keeps from step to step. */
    private static final double FRICTION = 0.9;

    abstract IUpdater updater(ISchedule learningRate);

    /** Adds {@code weightDecay} times the weight to its gradient. */
    Regularization decay(double weightDecay) {
        return new L2Regularization(weightDecay);
    }

    List<Regularization> regularisation(double weightDecay) {
        return weightDecay == 0 ? List.of() : List.of(decay(weightDecay));
    }
}
