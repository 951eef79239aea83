package dev.stampede.training.gate;

import dev.stampede.training.evaluate.PairedComparison;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gate decided, and on what.
 *
 * @param falsePositiveRate share of the bogus stamps that passes where missed sources are compared
 * @param checks all that it looked at
 */
public record GateDecision(double falsePositiveRate, List<Check> checks) {
    public GateDecision {
        checks = List.copyOf(checks);
    }

    /** Whether the new model may follow the live one: it is worse in nothing. */
    public boolean passes() {
        return checks.stream().noneMatch(check -> check.finding() == Finding.WORSE);
    }

    /** What it is worse in. */
    public List<String> worseIn() {
        return checks.stream()
                .filter(check -> check.finding() == Finding.WORSE)
                .map(Check::name)
                .toList();
    }

    static GateDecision of(
            GateSettings settings,
            PairedComparison comparison,
            double freshCalibrationError,
            double liveCalibrationError,
            List<Latency> latencies,
            double goldenDifference) {
        List<Check> checks = new ArrayList<>();
        for (PairedComparison.Row row : comparison.rows()) {
            checks.add(Check.ofDifference(
                    row.name(), row.fresh(), row.live(), row.difference(), row.sources() >= Gate.LEAST_SOURCES));
        }
        checks.add(calibration(freshCalibrationError, liveCalibrationError, settings.maxCalibrationError()));
        latencies.forEach(latency -> checks.add(latency(latency, settings.maxLatencyRatio())));
        checks.add(alone(Check.Kind.ABSTENTIONS, "stamps that only the live model judges", comparison.onlyLive(), 0));
        checks.add(alone(Check.Kind.GOLDEN_STAMPS, "golden stamps", goldenDifference, Gate.GOLDEN_TOLERANCE));
        return new GateDecision(settings.falsePositiveRate(), checks);
    }

    private static Check calibration(double fresh, double live, double bound) {
        return Check.ofBound(Check.Kind.CALIBRATION, "expected calibration error", fresh, live, fresh, bound);
    }

    private static Check latency(Latency latency, double bound) {
        return Check.ofBound(
                Check.Kind.LATENCY,
                "time for a stamp in batches of " + latency.batch(),
                latency.freshMicros(),
                latency.liveMicros(),
                latency.ratio(),
                bound);
    }

    /** Of the new model only. */
    private static Check alone(Check.Kind kind, String name, double measured, double bound) {
        return Check.ofBound(kind, name, measured, Double.NaN, measured, bound);
    }
}
