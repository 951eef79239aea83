package dev.stampede.stamps.normalise;

import dev.stampede.stamps.stamp.OrderedPixels;

/**
 * Median and standard deviation after removal of the pixels more than 3 standard deviations from the median, repeated
 * up to five times. The same as astropy's {@code sigma_clipped_stats(sigma=3, maxiters=5, cenfunc=median, stdfunc=std)}.
 */
final class SigmaClip {
    private static final double BOUND = 3;
    private static final int MAX_ROUNDS = 5;

    private double median;
    private double standardDeviation;

    /** Measures one or more pixels. */
    void measure(OrderedPixels pixels) {
        int from = 0;
        int to = pixels.count();
        measure(pixels, from, to);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            // The remaining pixels lie between two bounds, so they are a range of ranks.
            int newFrom = Math.max(from, pixels.firstNotBelow(median - BOUND * standardDeviation));
            int newTo = Math.min(to, pixels.firstAbove(median + BOUND * standardDeviation));
            if (newFrom == from && newTo == to) {
                return;
            }
            from = newFrom;
            to = newTo;
            measure(pixels, from, to);
        }
    }

    private void measure(OrderedPixels pixels, int from, int to) {
        median = pixels.median(from, to);
        standardDeviation = Math.sqrt(pixels.variance(from, to, median));
    }

    double median() {
        return median;
    }

    /** The population standard deviation of the remaining pixels; exactly 0 if all are equal. */
    double standardDeviation() {
        return standardDeviation;
    }
}
