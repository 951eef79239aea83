package dev.stampede.training.report;

import dev.stampede.training.evaluate.ConfidenceInterval;
import dev.stampede.training.gate.GateCheck;
import dev.stampede.training.gate.GateDecision;
import java.util.List;
import java.util.Locale;

/** A check of the gate as text; {@code limit} is the difference of the models or the limit of the check. */
public record GateRow(String check, String challenger, String live, String limit, String result) {
    /** A row for each check. */
    public static List<GateRow> of(GateDecision decision) {
        return decision.checks().stream().map(GateRow::of).toList();
    }

    private static GateRow of(GateCheck check) {
        return new GateRow(
                (check.kind() == GateCheck.Kind.MISSED_SOURCES ? "missed: " : "") + check.name(),
                value(check.kind(), check.challenger()),
                value(check.kind(), check.live()),
                check.difference().map(GateRow::points).orElseGet(() -> limit(check)),
                check.result().describe());
    }

    /** The decision in a sentence. */
    public static String summary(GateDecision decision) {
        return decision.passes()
                ? "passed: the new model is not worse in any check"
                : "rejected: the new model is worse in " + String.join(", ", decision.worseIn());
    }

    private static String value(GateCheck.Kind kind, double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return switch (kind) {
            case MISSED_SOURCES -> Formats.percent(value);
            case CALIBRATION -> Formats.decimal("%.4f", value);
            case LATENCY -> Formats.decimal("%.1f us", value);
            case ABSTENTIONS -> Formats.decimal("%.0f", value);
            case GOLDEN_STAMPS -> Formats.decimal("%.1e off", value);
        };
    }

    private static String points(ConfidenceInterval difference) {
        return Double.isNaN(difference.low())
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%+.2f percentage points (%+.2f to %+.2f)",
                        100 * difference.value(),
                        100 * difference.low(),
                        100 * difference.high());
    }

    private static String limit(GateCheck check) {
        return switch (check.kind()) {
            case LATENCY ->
                Formats.decimal("ratio %.2f, ", check.challenger() / check.live())
                        + (Double.isInfinite(check.bound())
                                ? "no limit"
                                : Formats.decimal("maximum %.2f", check.bound()));
            case ABSTENTIONS -> "none";
            default -> "maximum " + check.bound();
        };
    }
}
