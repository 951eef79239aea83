package dev.stampede.benchmarks.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The slope of points by Theil and Sen, the median of those of all pairs, which a third of the points may spoil; with the
 * interval of 95 % that follows from Kendall's test (Sen 1968, J. Amer. Statist. Assoc. 63, 1379) for points whose noise
 * is independent.
 */
record Slope(double median, double lower, double upper) {
    /** Two-sided, 95 %. */
    private static final double NORMAL_QUANTILE = 1.96;

    private static final int LEAST_POINTS = 8;

    /** Of what {@code y} is over {@code x}; NaN throughout where there are fewer than eight points, or one is NaN. */
    static <T> Slope of(List<T> points, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
        int count = points.size();
        boolean unknown = points.stream().anyMatch(point -> Double.isNaN(y.applyAsDouble(point)));
        if (count < LEAST_POINTS || unknown) {
            return new Slope(Double.NaN, Double.NaN, Double.NaN);
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
        return new Slope(
                (slopes[(slopes.length - 1) / 2] + slopes[slopes.length / 2]) / 2,
                slopes[(int) Math.max(0, Math.floor((slopes.length - reach) / 2))],
                slopes[(int) Math.min(slopes.length - 1, Math.ceil((slopes.length + reach) / 2))]);
    }
}
