package dev.stampede.training.calibrate;

import java.util.function.DoubleUnaryOperator;

/**
 * Temperature scaling (Guo et al. 2017): the logits are divided by the number that minimises the log loss on the validation
 * set. With two classes the order of the examples does not change.
 */
public final class Calibration {
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    /** A network that needs a temperature outside of these limits is not usable. */
    private static final double MIN = 0.05;

    private static final double MAX = 20;

    /** Steps of the golden-section search: each keeps 0.618 of the range, so 40 leave a relative 3e-8. */
    private static final int STEPS = 40;

    private Calibration() {}

    /** The temperature with the lowest log loss of real against the rest, between 0.05 and 20. */
    public static double temperature(ClassScores scores) {
        return temperature(temperature -> scores.at(temperature).logLoss(1));
    }

    static double temperature(DoubleUnaryOperator loss) {
        double low = Math.log(MIN);
        double high = Math.log(MAX);
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
