package dev.stampede.streaming.command.model;

import dev.stampede.commandline.SafeText;
import dev.stampede.stamps.adopt.GoldenComparison;
import dev.stampede.stamps.adopt.GoldenComparison.Compared;
import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ScaledFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The result of the comparison with expected scores, as text.
 *
 * @param tolerance the largest accepted difference
 * @param features what the network takes in addition to stamps
 */
record GoldenReport(GoldenComparison comparison, double tolerance, FeatureInput features) {
    private static final int WORST = 5;

    boolean isAccepted() {
        return comparison.isWithin(tolerance);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!features.isEmpty()) {
            lines.add("input " + features.tensor() + ": values" + (features.needsAll() ? "" : " and masks") + " of "
                    + features.features().stream().map(ScaledFeature::toString).collect(Collectors.joining(", ")));
        }
        lines.add(String.format(
                Locale.ROOT,
                "golden stamps %d, abstentions %d, largest difference %.2e, median %.2e",
                comparison.compared().size(),
                comparison.abstained().size(),
                comparison.largest(),
                comparison.median()));
        lines.add(String.format(Locale.ROOT, "%-50s  %10s  %10s  %10s", "worst", "expected", "computed", "difference"));
        for (Compared one : comparison.worst(WORST)) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-50s  %10.6f  %10.6f  %10.2e",
                    SafeText.line(one.golden().name()),
                    one.golden().expected(),
                    one.computed(),
                    one.difference()));
        }
        comparison.abstained().stream().limit(WORST).map(SafeText::line).forEach(lines::add);
        return lines;
    }

    /** Why nothing is written, and what may be wrong, unless it {@link #isAccepted}. */
    String refusal(boolean searched) {
        if (comparison.largest() <= tolerance) {
            return "The network abstains on " + comparison.abstained().size()
                    + " golden stamps; nothing was written. First: "
                    + comparison.abstained().get(0) + ".";
        }
        return String.format(
                Locale.ROOT,
                "The largest difference from the expected scores is %.3g, above the tolerance of %.3g; nothing was written."
                        + " %s",
                comparison.largest(),
                tolerance,
                searched
                        ? "No recipe agrees: check the order and the kind of the scores."
                        : "Another --recipe, --masked or --pad may be right: try --search-recipe."
                                + (features.isEmpty() ? "" : " So may be another order or scale of --features."));
    }

    /** The end of the sentence that names the golden stamps of the file. */
    String verifiedBy(ModelContract contract) {
        if (contract.evidence().findsPointSources()) {
            return " and synthetic point sources.";
        }
        return features.needsAll()
                ? " alone: synthetic point sources have no features."
                : " alone: it does not score synthetic point sources above noise.";
    }
}
