package dev.stampede.streaming.demo;

import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.streaming.scoring.ModelIdentity;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The result of a demo.
 *
 * @param counts at its end
 * @param isPaced whether alerts were sent at a fixed rate
 * @param sheet the first alerts with their verdicts
 */
public record DemoReport(
        DemoCounts counts, TruthComparison truth, ModelIdentity model, boolean isPaced, ContactSheet sheet) {
    public boolean isConserved() {
        return counts.isConserved();
    }

    /** The values of a JSON object. A share of no candidates is null; {@code recall} is for S/N 8 and above. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("alertsIn", counts.alertsIn());
        json.put("real", counts.count(Verdict.REAL));
        json.put("bogus", counts.count(Verdict.BOGUS));
        json.put("abstain", counts.count(Verdict.ABSTAIN));
        json.put("deadLetters", counts.deadLetters());
        json.put("missing", counts.missing());
        json.put("repeated", counts.repeated());
        json.put("misrouted", counts.misrouted());
        json.put("alertsPerSecond", Math.round(counts.alertsPerSecond() * 10) / 10.0);
        json.put("latencyMillisP50", counts.timing().p50Millis());
        json.put("latencyMillisP99", counts.timing().p99Millis());
        json.put("recall", orNull(truth.brightRecall()));
        json.put("recallOfAll", orNull(truth.recall()));
        json.put("falsePositiveRate", orNull(truth.falsePositiveRate()));
        json.put("provider", model.executionProvider());
        json.put("model", model.name() + " " + model.version());
        return json;
    }

    private static @Nullable Double orNull(OptionalDouble share) {
        return share.isPresent() ? share.getAsDouble() : null;
    }

    /** Aligned text. */
    public String toText() {
        String latency = isPaced
                ? "from the produce timestamp until it is read"
                : "at full speed, including time in the queue; use --rate for the latency of a steady stream";
        return String.format(
                Locale.ROOT,
                """
                alerts in            %,d
                  REAL               %,d
                  BOGUS              %,d
                  ABSTAIN            %,d
                  dead letters       %,d
                missing              %,d
                repeated             %,d
                misrouted            %,d
                throughput           %,.0f alerts/s, from the first alert sent to the last outcome read
                latency              p50 %,d ms, p99 %,d ms (%s)
                recall               %s at S/N 8 and above, %s overall
                false-positive rate  %s
                model                %s %s on %s
                """,
                counts.alertsIn(),
                counts.count(Verdict.REAL),
                counts.count(Verdict.BOGUS),
                counts.count(Verdict.ABSTAIN),
                counts.deadLetters(),
                counts.missing(),
                counts.repeated(),
                counts.misrouted(),
                counts.alertsPerSecond(),
                counts.timing().p50Millis(),
                counts.timing().p99Millis(),
                latency,
                percent(truth.brightRecall()),
                percent(truth.recall()),
                percent(truth.falsePositiveRate()),
                model.name(),
                model.version(),
                model.executionProvider());
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? String.format(Locale.ROOT, "%.2f %%", share.getAsDouble() * 100) : "none";
    }
}
