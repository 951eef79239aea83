package dev.stampede.training.evaluate;

import dev.stampede.stamps.stamp.Percentiles;
import java.util.Arrays;

/**
 * A metric with its 95 % bootstrap interval.
 *
 * @param value the metric on the original stamps
 * @param low the 2.5th percentile of the resamples; NaN if the metric exists in no resample
 * @param high the 97.5th percentile
 */
public record ConfidenceInterval(double value, double low, double high) {
    private static final double TAIL = 0.025;

    /** Ignores resamples that are NaN. */
    static ConfidenceInterval of(double value, double[] resamples) {
        double[] sorted = Arrays.stream(resamples)
                .filter(one -> !Double.isNaN(one))
                .sorted()
                .toArray();
        return new ConfidenceInterval(
                value, Percentiles.ofSorted(TAIL, sorted), Percentiles.ofSorted(1 - TAIL, sorted));
    }
}
