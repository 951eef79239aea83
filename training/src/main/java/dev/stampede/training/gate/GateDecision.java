package dev.stampede.training.gate;

import dev.stampede.training.evaluate.PairedComparison;
import java.util.ArrayList;
import java.util.List;

/**
 * The decision of the gate.
 *
 * @param falsePositiveRate at which missed sources are compared
 */
public record GateDecision(double falsePositiveRate, List<GateCheck> checks) {
    public GateDecision {
        checks = List.copyOf(checks);
    }

    /** Whether the challenger may replace the live model: it is not worse in any check. */
    public boolean passes() {
        return checks.stream().noneMatch(check -> check.result() == CheckResult.WORSE);
    }

    /** The names of the checks in which the challenger is worse. */
    public List<String> worseIn() {
        return checks.stream()
                .filter(check -> check.result() == CheckResult.WORSE)
                .map(GateCheck::name)
                .toList();
    }

    static GateDecision of(
            GateSettings settings,
            PairedComparison comparison,
            double challengerCalibrationError,
            double liveCalibrationError,
            List<LatencyComparison> latencies,
            double goldenDifference) {
        List<GateCheck> checks = new ArrayList<>();
        for (PairedComparison.Row row : comparison.rows()) {
            checks.add(GateCheck.ofDifference(
                    row.name(), row.challenger(), row.live(), row.difference(), row.sources() >= Gate.MIN_SOURCES));
        }
        checks.add(calibration(challengerCalibrationError, liveCalibrationError, settings.maxCalibrationError()));
        latencies.forEach(latency -> checks.add(latency(latency, settings.maxLatencyRatio())));
        checks.add(
                alone(GateCheck.Kind.ABSTENTIONS, "stamps that only the live model scores", comparison.onlyLive(), 0));
        checks.add(alone(GateCheck.Kind.GOLDEN_STAMPS, "golden stamps", goldenDifference, Gate.GOLDEN_TOLERANCE));
        return new GateDecision(settings.falsePositiveRate(), checks);
    }

    private static GateCheck calibration(double challenger, double live, double bound) {
        return GateCheck.ofBound(
                GateCheck.Kind.CALIBRATION, "expected calibration error", challenger, live, challenger, bound);
    }

    private static GateCheck latency(LatencyComparison latency, double bound) {
        return GateCheck.ofBound(
                GateCheck.Kind.LATENCY,
                "time per stamp in batches of " + latency.batch(),
                latency.challengerMicros(),
                latency.liveMicros(),
                latency.ratio(),
                bound);
    }

    /** A check of the challenger only. */
    private static GateCheck alone(GateCheck.Kind kind, String name, double measured, double bound) {
        return GateCheck.ofBound(kind, name, measured, Double.NaN, measured, bound);
    }
}
