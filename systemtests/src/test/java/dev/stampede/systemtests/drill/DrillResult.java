package dev.stampede.systemtests.drill;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether an alert fired at its fault and resolved after the repair.
 *
 * @param alert its name
 * @param fault what was injected
 * @param firedAfterSeconds since the fault; null if the alert did not fire
 * @param wasRepaired whether the fault was repaired
 * @param silentAfterSeconds since the repair; null if the alert did not resolve
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DrillResult(
        String alert,
        String fault,
        @Nullable Double firedAfterSeconds,
        @JsonIgnore boolean wasRepaired,
        @Nullable Double silentAfterSeconds) {
    /** An alert before any repair. */
    static DrillResult of(String alert, String fault, @Nullable Double firedAfterSeconds) {
        return new DrillResult(alert, fault, firedAfterSeconds, false, null);
    }

    DrillResult repaired(@Nullable Double silentAfterSeconds) {
        return new DrillResult(alert, fault, firedAfterSeconds, true, silentAfterSeconds);
    }

    /** Whether the alert fired, and resolved if its fault was repaired. */
    @JsonProperty("proved")
    boolean isProven() {
        return firedAfterSeconds != null && (!wasRepaired || silentAfterSeconds != null);
    }

    /** A row of the table. */
    String row() {
        String resolved = seconds(silentAfterSeconds, wasRepaired ? "never" : "-");
        return String.format(
                Locale.ROOT, "%-28s %8s %8s   %s", alert, seconds(firedAfterSeconds, "never"), resolved, fault);
    }

    private static String seconds(@Nullable Double seconds, String otherwise) {
        return seconds == null ? otherwise : Math.round(seconds) + " s";
    }
}
