package dev.stampede.training.evaluate;

import dev.stampede.training.calibrate.Predictions;

/**
 * The confusion matrix at a threshold.
 *
 * @param realKept sources called real
 * @param realMissed sources called bogus
 * @param bogusPassed bogus stamps called real
 * @param bogusRejected bogus stamps called bogus
 */
public record ConfusionMatrix(int realKept, int realMissed, int bogusPassed, int bogusRejected) {
    /** The confusion matrix at {@code threshold}, in log-odds. */
    public static ConfusionMatrix of(Predictions predictions, double threshold) {
        int[] counts = new int[4];
        for (int i = 0; i < predictions.size(); i++) {
            boolean called = predictions.logOdds(i) >= threshold;
            counts[(predictions.isReal(i) ? 0 : 2) + (called ? 0 : 1)]++;
        }
        return new ConfusionMatrix(counts[0], counts[1], counts[2], counts[3]);
    }

    /** All scored stamps. */
    public int stamps() {
        return real() + bogus();
    }

    public int real() {
        return realKept + realMissed;
    }

    public int bogus() {
        return bogusPassed + bogusRejected;
    }
}
