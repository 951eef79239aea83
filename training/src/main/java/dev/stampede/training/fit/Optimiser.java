package dev.stampede.training.fit;

import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.ISchedule;

/** The optimisers of a fit. */
public enum Optimiser {
    /** Stochastic gradient descent without momentum. */
    SGD {
        @Override
        IUpdater updater(ISchedule learningRate) {
            return new Sgd(learningRate);
        }
    },
    /** Gradient descent with Nesterov momentum (Nesterov 1983). */
    NESTEROV {
        @Override
        IUpdater updater(ISchedule learningRate) {
            return new Nesterovs(learningRate, MOMENTUM);
        }
    },
    /** Adam (Kingma and Ba 2015); weight decay is added to the gradient. */
    ADAM {
        @Override
        IUpdater updater(ISchedule learningRate) {
            return new Adam(learningRate);
        }
    },
    /** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
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

    private static final double MOMENTUM = 0.9;

    abstract IUpdater updater(ISchedule learningRate);

    /** L2 regularisation: adds {@code weightDecay} times the weight to its gradient. */
    Regularization decay(double weightDecay) {
        return new L2Regularization(weightDecay);
    }
}
