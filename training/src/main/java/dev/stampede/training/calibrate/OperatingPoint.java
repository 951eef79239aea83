package dev.stampede.training.calibrate;

import java.util.ArrayList;
import java.util.List;

/**
 * The rates at a threshold.
 *
 * @param probability the threshold, calibrated
 * @param missedSources share of the sources below it
 * @param falsePositives share of the bogus stamps that reach it
 * @param precision for each of {@link #BALANCES}: share of what reaches it that is real; NaN if nothing does
 */
public record OperatingPoint(double probability, double missedSources, double falsePositives, List<Double> precision) {
    /** Bogus candidates per real one: in training sets, and in searches at seven and at five sigma. */
    public static final List<Integer> BALANCES = List.of(1, 12, 30);

    private static final double[] RATES = {0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001};

    public OperatingPoint {
        precision = List.copyOf(precision);
    }

    /** The rates at the threshold {@code logOdds}. */
    public static OperatingPoint at(RocCurve curve, double logOdds) {
        double missed = curve.missedSourceRate(logOdds);
        double passing = curve.falsePositiveRate(logOdds);
        List<Double> precision = BALANCES.stream()
                .map(bogus -> (1 - missed) / (1 - missed + bogus * passing))
                .toList();
        return new OperatingPoint(1 / (1 + Math.exp(-logOdds)), missed, passing, precision);
    }

    /** The operating points at false-positive rates of 0.1 to 0.001. */
    public static List<OperatingPoint> table(RocCurve curve) {
        List<OperatingPoint> table = new ArrayList<>();
        for (double rate : RATES) {
            table.add(at(curve, curve.threshold(rate)));
        }
        return table;
    }
}
