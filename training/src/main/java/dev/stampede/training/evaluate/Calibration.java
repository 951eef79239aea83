package dev.stampede.training.evaluate;

import java.util.function.DoubleUnaryOperator;

/**
 * Temperature scaling (Guo et al. 2017): the logits are divided by the one number that makes the probabilities most
 * likely on examples that were not fitted. With two classes it moves no example past another, and the loss has one
 * minimum over its inverse.
 */
public final class Calibration {
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    /** A network that needs more than this in either direction is not one to calibrate. */
    private static final double LEAST = 0.05;

    private static final double GREATEST = 20;

    /** Steps of the golden section: each keeps 0.618 of the range, so that 40 leave a relative 3e-8. */
    private static final int STEPS = 40;

    private Calibration() {}

    /** The temperature of least log loss of real against the rest, between 0.05 and 20. */
    public static double temperature(ClassScores scores) {
        return temperature(temperature -> scores.at(temperature).logLoss(1));
    }

    static double temperature(DoubleUnaryOperator loss) {
        double low = Math.log(LEAST);
        double high = Math.log(GREATEST);
        double inner = high - GOLDEN_RATIO * (high - low);
        double outer = low + GOLDEN_RATIO * (high - low);
        double innerLoss = loss.applyAsDouble(Math.exp(inner));
        double outerLoss = loss.applyAsDouble(Math.exp(outer));
        for (int step = 0; step < STEPS; step++) {
            if (innerLoss <= outerLoss) {
                high = outer;
                outer = inner;
                outerLoss = innerLoss;
                inner = high - GOLDEN_RATIO * (high - low);
                innerLoss = loss.applyAsDouble(Math.exp(inner));
            } else {
                low = inner;
                inner = outer;
                innerLoss = outerLoss;
                outer = low + GOLDEN_RATIO * (high - low);
                outerLoss = loss.applyAsDouble(Math.exp(outer));
            }
        }
        return Math.exp((low + high) / 2);
    }
}
