package dev.stampede.benchmarks.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How the memory of a stream went while it drained a backlog.
 *
 * @param alerts the backlog
 * @param outcomes what came of it
 * @param drainSeconds from the start of the process to the last outcome
 * @param samples in order of time
 */
record MemoryResult(long alerts, long outcomes, double drainSeconds, List<Sample> samples) {
    /** By how much the end may be above the time after the warm-up: a tenth... */
    private static final double FACTOR = 1.1;

    /** ...and what two partitions may have fetched at the moment of a look, in MiB. */
    private static final double SLACK_MEBIBYTES = 16;

    static final String RULE = "flat: the median over the last quarter of the alerts is at most 1.1 times that over the"
            + " second quarter, for memory plus 16 MiB";

    MemoryResult {
        samples = List.copyOf(samples);
    }

    /**
     * One look at the process.
     *
     * @param seconds since its start
     * @param outcomes how many were committed by then
     * @param heapMebibytes used heap after a full collection
     * @param residentMebibytes what the process holds of the machine's memory; NaN where the system does not say
     */
    record Sample(double seconds, long outcomes, double heapMebibytes, double residentMebibytes, int threads) {}

    /** By {@link #RULE}; not where there is nothing to compare. */
    boolean isFlat() {
        return isFlat(Sample::heapMebibytes, SLACK_MEBIBYTES)
                && (isResidentUnknown() || isFlat(Sample::residentMebibytes, SLACK_MEBIBYTES))
                && isFlat(Sample::threads, 0);
    }

    private boolean isFlat(ToDoubleFunction<Sample> figure, double slack) {
        return medianOfQuarter(3, figure) <= FACTOR * medianOfQuarter(1, figure) + slack;
    }

    private boolean isResidentUnknown() {
        return samples.stream().anyMatch(sample -> Double.isNaN(sample.residentMebibytes()));
    }

    /** Of the quarters 0 to 3 of the alerts; NaN where no sample fell into it. */
    private double medianOfQuarter(int quarter, ToDoubleFunction<Sample> figure) {
        List<Double> values = samples.stream()
                .filter(sample -> Math.min(3, sample.outcomes() * 4 / alerts) == quarter)
                .map(figure::applyAsDouble)
                .toList();
        return values.isEmpty() ? Double.NaN : StreamBench.median(values);
    }

    /** The figures by the names they have in the JSON. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("alerts", alerts);
        figures.put("outcomes", outcomes);
        figures.put("heapLimitMebibytes", StreamProcess.HEAP_MEBIBYTES);
        figures.put("drainSeconds", Figures.rounded(drainSeconds));
        figures.put("heapMebibytes", quarters(Sample::heapMebibytes));
        figures.put("residentMebibytes", quarters(Sample::residentMebibytes));
        figures.put("threads", quarters(Sample::threads));
        figures.put("flat", isFlat());
        figures.put("rule", RULE);
        figures.put("samples", samples);
        return figures;
    }

    private Map<String, Double> quarters(ToDoubleFunction<Sample> figure) {
        return Map.of(
                "secondQuarter", Figures.rounded(medianOfQuarter(1, figure)),
                "lastQuarter", Figures.rounded(medianOfQuarter(3, figure)));
    }
}
