package dev.stampede.stamps.normalise;

import dev.stampede.stamps.stamp.OrderedPixels;

/**
 * Median and standard deviation of the pixels that remain after those further than 3 standard deviations from the
 * median were taken away, five times over or until none is. The same as astropy's {@code sigma_clipped_stats(sigma=3,
 * maxiters=5, cenfunc=median, stdfunc=std)}.
 */
final class SigmaClip {
    private static final double BOUND = 3;
    private static final int MAX_ROUNDS = 5;

    private double median;
    private double standardDeviation;

    /** Measures the pixels, of which there must be one. */
    void measure(OrderedPixels pixels) {
        int from = 0;
        int to = pixels.count();
        measure(pixels, from, to);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            // What survives lies between two bounds, so it is a range of ranks and nothing has to be moved.
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

    /** The population standard deviation of the survivors; 0 exactly where they all have one value. */
    double standardDeviation() {
        return standardDeviation;
    }
}
