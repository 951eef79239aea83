package dev.stampede.training.evaluate;

import java.util.Arrays;

/**
 * A figure with the interval that holds 95 % of its bootstrap.
 *
 * @param value the figure on the stamps as they are
 * @param low the 2.5th percentile of the resamples; NaN where no resample has the figure
 * @param high the 97.5th percentile
 */
public record Interval(double value, double low, double high) {
    private static final double TAIL = 0.025;

    /** From the resamples, of which those that are NaN are left out. */
    static Interval of(double value, double[] resamples) {
        double[] sorted = Arrays.stream(resamples)
                .filter(one -> !Double.isNaN(one))
                .sorted()
                .toArray();
        return new Interval(value, percentile(sorted, TAIL), percentile(sorted, 1 - TAIL));
    }

    /** With linear interpolation between neighbours. */
    private static double percentile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double rank = share * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
