package dev.stampede.training.evaluate;

/**
 * How many stamps of each class reach a threshold.
 *
 * @param realKept sources called real
 * @param realMissed sources called bogus
 * @param bogusPassed bogus stamps called real
 * @param bogusRefused bogus stamps called bogus
 */
public record Confusion(int realKept, int realMissed, int bogusPassed, int bogusRefused) {
    /** Counts at a threshold in log-odds. */
    static Confusion of(Predictions predictions, double threshold) {
        int[] counts = new int[4];
        for (int i = 0; i < predictions.size(); i++) {
            boolean called = predictions.logOdds(i) >= threshold;
            counts[(predictions.isReal(i) ? 0 : 2) + (called ? 0 : 1)]++;
        }
        return new Confusion(counts[0], counts[1], counts[2], counts[3]);
    }

    /** All stamps that were judged. */
    public int stamps() {
        return real() + bogus();
    }

    public int real() {
        return realKept + realMissed;
    }

    public int bogus() {
        return bogusPassed + bogusRefused;
    }
}
