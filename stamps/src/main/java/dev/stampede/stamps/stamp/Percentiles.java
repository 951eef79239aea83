package dev.stampede.stamps.stamp;

import java.util.Arrays;
import java.util.Collection;

/**
 * Percentiles of a few values, linearly interpolated as by numpy. NaN for no values. They sort a copy; for the pixels of
 * a stamp use {@link OrderedPixels}.
 */
public final class Percentiles {
    private Percentiles() {}

    public static double median(double... values) {
        return percentile(0.5, values);
    }

    public static double median(Collection<? extends Number> values) {
        return percentile(0.5, values);
    }

    public static double percentile(double fraction, Collection<? extends Number> values) {
        return percentile(
                fraction, values.stream().mapToDouble(Number::doubleValue).toArray());
    }

    /**
     * One percentile.
     *
     * @param fraction 0 (minimum) to 1 (maximum)
     */
    public static double percentile(double fraction, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(fraction, sorted);
    }

    /** The same of values that are in ascending order. */
    public static double ofSorted(double fraction, double... sorted) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double rank = fraction * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        double part = rank - below;
        // The midpoint is the mean of both neighbours, exactly; an infinite neighbour of weight 0 does not count.
        if (part == 0) {
            return sorted[below];
        }
        return part == 0.5
                ? (sorted[below] + sorted[above]) / 2
                : sorted[below] + part * (sorted[above] - sorted[below]);
    }
}
