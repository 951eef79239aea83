package dev.stampede.streaming.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.picture.ContactSheet;
import dev.stampede.streaming.scoring.ModelIdentity;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a demo found.
 *
 * @param tally the books at its end
 * @param model the model that judged
 * @param isPaced whether alerts came at a rate that was asked for
 * @param sheet the first alerts with their verdicts, to be drawn
 */
public record DemoReport(Tally tally, ModelIdentity model, boolean isPaced, ContactSheet sheet) {
    /** Whether every alert had exactly one outcome, on the topic where it belongs. */
    public boolean isConserved() {
        return tally.isConserved();
    }

    /** One JSON object, on one line. A share of nothing is null; {@code recall} is that of S/N 8 and above. */
    public String toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("alertsIn", tally.alertsIn());
        json.put("real", tally.real());
        json.put("bogus", tally.bogus());
        json.put("abstain", tally.abstain());
        json.put("deadLetters", tally.deadLetters());
        json.put("missing", tally.missing());
        json.put("repeated", tally.repeated());
        json.put("misrouted", tally.misrouted());
        json.put("alertsPerSecond", Math.round(tally.alertsPerSecond() * 10) / 10.0);
        json.put("latencyMillisP50", tally.latencyMillisP50());
        json.put("latencyMillisP99", tally.latencyMillisP99());
        json.put("recall", orNull(tally.score().brightRecall()));
        json.put("recallOfAll", orNull(tally.score().recall()));
        json.put("falsePositiveRate", orNull(tally.score().falsePositiveRate()));
        json.put("provider", model.executionProvider());
        json.put("model", model.name() + " " + model.version());
        try {
            return new ObjectMapper().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and words cannot fail to become JSON", e);
        }
    }

    private static @Nullable Double orNull(OptionalDouble share) {
        return share.isPresent() ? share.getAsDouble() : null;
    }

    /** The same for people. */
    public String toText() {
        String latency = isPaced
                ? "from produced to read back"
                : "at full speed: waiting in line included; --rate shows that of a steady stream";
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
                throughput           %,.0f alerts/s, from the first alert sent to the last outcome read back
                latency              p50 %,d ms, p99 %,d ms (%s)
                recall               %s at S/N 8 and above, %s overall
                false-positive rate  %s
                model                %s %s on %s
                """,
                tally.alertsIn(),
                tally.real(),
                tally.bogus(),
                tally.abstain(),
                tally.deadLetters(),
                tally.missing(),
                tally.repeated(),
                tally.misrouted(),
                tally.alertsPerSecond(),
                tally.latencyMillisP50(),
                tally.latencyMillisP99(),
                latency,
                percent(tally.score().brightRecall()),
                percent(tally.score().recall()),
                percent(tally.score().falsePositiveRate()),
                model.name(),
                model.version(),
                model.executionProvider());
    }

    private static String percent(OptionalDouble share) {
        return share.isPresent() ? String.format(Locale.ROOT, "%.2f %%", share.getAsDouble() * 100) : "none to tell";
    }
}
