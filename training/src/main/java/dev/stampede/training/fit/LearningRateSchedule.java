package dev.stampede.training.fit;

import org.nd4j.linalg.schedule.ISchedule;

/** The learning rate over the steps of a fit. */
public enum LearningRateSchedule {
    /** Constant. */
    CONSTANT {
        @Override
        double factor(double done) {
            return 1;
        }
    },
    /** A tenth after half of the steps, a hundredth after three quarters, as He et al. (2016) train their networks. */
    STEP {
        @Override
        double factor(double done) {
            return done < 0.5 ? 1 : done < 0.75 ? 0.1 : 0.01;
        }
    },
    /** Cosine annealing to 0 (Loshchilov and Hutter 2017). */
    COSINE {
        @Override
        double factor(double done) {
            return (1 + Math.cos(Math.PI * done)) / 2;
        }
    };

    /** The fraction of the initial rate after the fraction {@code done} of the steps, 0 to 1. */
    abstract double factor(double done);

    ISchedule over(double learningRate, int steps) {
        return new Steps(this, learningRate, steps);
    }

    private record Steps(LearningRateSchedule schedule, double learningRate, int steps) implements ISchedule {
        @Override
        public double valueAt(int iteration, int epoch) {
            return learningRate * schedule.factor(Math.min(1, (double) iteration / steps));
        }

        @Override
        public ISchedule clone() {
            return this;
        }
    }
}
