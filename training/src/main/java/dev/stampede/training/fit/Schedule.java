package dev.stampede.training.fit;

import org.nd4j.linalg.schedule.ISchedule;

/** How the learning rate runs over the steps of a fit. */
public enum Schedule {
    /** The same for every step. */
    CONSTANT {
        @Override
        double share(double done) {
            return 1;
        }
    },
    /** A tenth of it after half of the steps, a hundredth after three quarters, as He et al. (2016) fit resnet56. */
    STEP {
        @Override
        double share(double done) {
            return done < 0.5 ? 1 : done < 0.75 ? 0.1 : 0.01;
        }
    },
    /** Half a cosine from the full rate to none (Loshchilov and Hutter 2017). */
    COSINE {
        @Override
        double share(double done) {
            return (1 + Math.cos(Math.PI * done)) / 2;
        }
    };

    /** The share of the full rate when the share {@code done} of the steps lies behind, 0 to 1. */
    abstract double share(double done);

    ISchedule over(double learningRate, int steps) {
        return new Steps(this, learningRate, steps);
    }

    private record Steps(Schedule schedule, double learningRate, int steps) implements ISchedule {
        @Override
        public double valueAt(int iteration, int epoch) {
            return learningRate * schedule.share(Math.min(1, (double) iteration / steps));
        }

        @Override
        public ISchedule clone() {
            return this;
        }
    }
}
