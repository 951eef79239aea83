package dev.stampede.training.evaluate;

/**
 * Temperature scaling (Guo et al. 2017): the log-odds are divided by the one number that makes the probabilities most
 * likely on examples that were not fitted. It moves no example past another.
 */
public final class Calibration {
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    /** A network that needs more than this in either direction is not one to calibrate. */
    private static final double LEAST = 0.05;

    private static final double GREATEST = 20;

    /** Steps of the golden section: each keeps 0.618 of the range, so that 40 leave a relative 3e-8. */
    private static final int STEPS = 40;

    private Calibration() {}

    /** The temperature of least log loss between 0.05 and 20; the loss has one minimum over its inverse. */
    public static double temperature(Predictions predictions) {
        double low = Math.log(LEAST);
        double high = Math.log(GREATEST);
        double inner = high - GOLDEN_RATIO * (high - low);
        double outer = low + GOLDEN_RATIO * (high - low);
        double innerLoss = predictions.logLoss(Math.exp(inner));
        double outerLoss = predictions.logLoss(Math.exp(outer));
        for (int step = 0; step < STEPS; step++) {
            if (innerLoss <= outerLoss) {
                high = outer;
                outer = inner;
                outerLoss = innerLoss;
                inner = high - GOLDEN_RATIO * (high - low);
                innerLoss = predictions.logLoss(Math.exp(inner));
            } else {
                low = inner;
                inner = outer;
                innerLoss = outerLoss;
                outer = low + GOLDEN_RATIO * (high - low);
                outerLoss = predictions.logLoss(Math.exp(outer));
            }
        }
        return Math.exp((low + high) / 2);
    }
}
