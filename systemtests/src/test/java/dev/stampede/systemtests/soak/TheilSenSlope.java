package dev.stampede.systemtests.soak;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The Theil-Sen slope, the median of the slopes of all pairs of points, with the 95 % interval that follows from
 * Kendall's test (Sen 1968, J. Amer. Statist. Assoc. 63, 1379) for independent noise.
 */
record TheilSenSlope(double median, double lower, double upper) {
    /** Two-sided, 95 %. */
    private static final double NORMAL_QUANTILE = 1.96;

    private static final int MIN_POINTS = 8;

    /** The slope of {@code y} over {@code x}; NaN with fewer than eight points or if one is NaN. */
    static <T> TheilSenSlope of(List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
        int count = points.size();
        if (count < MIN_POINTS || points.stream().anyMatch(point -> Double.isNaN(y.applyAsDouble(point)))) {
            return new TheilSenSlope(Double.NaN, Double.NaN, Double.NaN);
        }
        double[] slopes = new double[count * (count - 1) / 2];
        int pair = 0;
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                double run = x.applyAsDouble(points.get(j)) - x.applyAsDouble(points.get(i));
                slopes[pair++] = (y.applyAsDouble(points.get(j)) - y.applyAsDouble(points.get(i))) / run;
            }
        }
        Arrays.sort(slopes);
        double reach = NORMAL_QUANTILE * Math.sqrt(count * (count - 1.0) * (2.0 * count + 5) / 18);
        return new TheilSenSlope(
                (slopes[(slopes.length - 1) / 2] + slopes[slopes.length / 2]) / 2,
                slopes[(int) Math.max(0, Math.floor((slopes.length - reach) / 2))],
                slopes[(int) Math.min(slopes.length - 1, Math.ceil((slopes.length + reach) / 2))]);
    }
}
