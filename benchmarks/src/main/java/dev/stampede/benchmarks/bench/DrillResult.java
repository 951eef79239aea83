package dev.stampede.benchmarks.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What became of one alert.
 *
 * @param alert its name
 * @param fault what was done
 * @param firedAfterSeconds from the fault on; empty where it did not fire
 * @param wasMended whether the fault was taken away
 * @param silentAfterSeconds from then on; empty where it went on
 */
record DrillResult(
        String alert,
        String fault,
        OptionalDouble firedAfterSeconds,
        boolean wasMended,
        OptionalDouble silentAfterSeconds) {
    /** An alert that has fired, or not. */
    static DrillResult of(String alert, String fault, OptionalDouble firedAfterSeconds) {
        return new DrillResult(alert, fault, firedAfterSeconds, false, OptionalDouble.empty());
    }

    /** The same alert, once its fault is mended. */
    DrillResult mended(OptionalDouble silentAfterSeconds) {
        return new DrillResult(alert, fault, firedAfterSeconds, true, silentAfterSeconds);
    }

    /** Whether it fired, and fell silent where it should have. */
    boolean isProved() {
        return firedAfterSeconds.isPresent() && (!wasMended || silentAfterSeconds.isPresent());
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(Map.of("alert", alert, "fault", fault, "proved", isProved()));
        firedAfterSeconds.ifPresent(seconds -> figures.put("firedAfterSeconds", Figures.rounded(seconds)));
        silentAfterSeconds.ifPresent(seconds -> figures.put("silentAfterSeconds", Figures.rounded(seconds)));
        return figures;
    }

    /** One row of the table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "%-28s %8s %8s   %s",
                alert,
                seconds(firedAfterSeconds, "never"),
                seconds(silentAfterSeconds, wasMended ? "never" : "-"),
                fault);
    }

    private static String seconds(OptionalDouble seconds, String otherwise) {
        return seconds.isPresent() ? Math.round(seconds.getAsDouble()) + " s" : otherwise;
    }
}
