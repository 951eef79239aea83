package dev.stampede.training.report;

import dev.stampede.training.evaluate.Interval;
import dev.stampede.training.gate.Check;
import dev.stampede.training.gate.GateDecision;
import java.util.List;
import java.util.Locale;

/** The decision of the gate as a table. */
public final class GateTable {
    private GateTable() {}

    public static List<String> header() {
        return List.of("Check", "new", "live", "difference or bound", "finding");
    }

    /** A row for each check. */
    public static List<List<String>> rows(GateDecision decision) {
        return decision.checks().stream()
                .map(check -> List.of(
                        check.name(),
                        figure(check.kind(), check.fresh()),
                        figure(check.kind(), check.live()),
                        check.difference().map(GateTable::points).orElseGet(() -> bound(check)),
                        check.finding().words()))
                .toList();
    }

    /** The decision in a sentence. */
    public static String sentence(GateDecision decision) {
        return decision.passes()
                ? "passed: the new model is worse in nothing"
                : "refused: the new model is worse in " + String.join(", ", decision.worseIn());
    }

    private static String figure(Check.Kind kind, double figure) {
        if (Double.isNaN(figure)) {
            return "";
        }
        return switch (kind) {
            case MISSED_SOURCES -> Html.percent(figure);
            case CALIBRATION -> String.format(Locale.ROOT, "%.4f", figure);
            case LATENCY -> String.format(Locale.ROOT, "%.1f us", figure);
            case ABSTENTIONS -> String.format(Locale.ROOT, "%.0f", figure);
            case GOLDEN_STAMPS -> String.format(Locale.ROOT, "%.1e off", figure);
        };
    }

    /** In percentage points. */
    private static String points(Interval difference) {
        return Double.isNaN(difference.low())
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%+.2f points (%+.2f to %+.2f)",
                        100 * difference.value(),
                        100 * difference.low(),
                        100 * difference.high());
    }

    private static String bound(Check check) {
        return switch (check.kind()) {
            case LATENCY ->
                String.format(Locale.ROOT, "ratio %.2f, at most %.2f", check.fresh() / check.live(), check.bound());
            case ABSTENTIONS -> "none";
            default -> String.format(Locale.ROOT, "at most %s", check.bound());
        };
    }
}
