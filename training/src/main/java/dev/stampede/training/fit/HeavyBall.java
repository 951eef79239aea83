package dev.stampede.training.fit;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Momentum as Polyak (1964) has it, v = m v + r g and w = w - v, which Deeplearning4j lacks.
 *
 * @param learningRate r, by step
 * @param momentum m, 0 to below 1
 */
record HeavyBall(ISchedule learningRate, double momentum) implements IUpdater {
    private static final String VELOCITY = "V";

    @Override
    public long stateSize(long parameters) {
        return parameters;
    }

    @Override
    public GradientUpdater<HeavyBall> instantiate(INDArray state, boolean fresh) {
        if (fresh) {
            state.assign(0);
        }
        return new Ball(this, state);
    }

    @Override
    public GradientUpdater<HeavyBall> instantiate(Map<String, INDArray> state, boolean fresh) {
        INDArray velocity = state.get(VELOCITY);
        if (velocity == null) {
            throw new IllegalArgumentException("no velocity among " + state.keySet());
        }
        return instantiate(velocity, fresh);
    }

    @Override
    public HeavyBall clone() {
        return this;
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return learningRate.valueAt(iteration, epoch);
    }

    @Override
    public boolean hasLearningRate() {
        return true;
    }

    @Override
    public void setLrAndSchedule(double rate, ISchedule schedule) {
        throw new UnsupportedOperationException("the learning rate is set once");
    }

    /** Keeps the velocities, a view of the engine's updater state. */
    private static final class Ball implements GradientUpdater<HeavyBall> {
        private final HeavyBall config;
        private final INDArray velocity;

        Ball(HeavyBall config, INDArray velocity) {
            this.config = config;
            this.velocity = velocity;
        }

        @Override
        public HeavyBall getConfig() {
            return config;
        }

        @Override
        public void setState(Map<String, INDArray> state, boolean fresh) {
            throw new UnsupportedOperationException("the state is a view of the engine's");
        }

        @Override
        public Map<String, INDArray> getState() {
            return Map.of(VELOCITY, velocity);
        }

        @Override
        public void setStateViewArray(INDArray view, long[] shape, char order, boolean fresh) {
            throw new UnsupportedOperationException("the state is a view of the engine's");
        }

        /** Turns the gradient into the step to take away. */
        @Override
        public void applyUpdater(INDArray gradient, int iteration, int epoch) {
            velocity.muli(config.momentum()).addi(gradient.mul(config.getLearningRate(iteration, epoch)));
            gradient.assign(velocity);
        }
    }
}
