package dev.stampede.benchmarks.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How a stream fared under a steady load with faults.
 *
 * @param seconds how long the load went on
 * @param perSecond alerts that were sent each second
 * @param conservation what became of them
 * @param faults in order of time
 * @param samples in order of time
 */
record SoakResult(
        double seconds, int perSecond, CrashResult conservation, List<Fault> faults, List<SoakSample> samples) {
    /** Until then classes are loaded, code is compiled and the heap finds its size. */
    private static final double WARM_UP = 0.25;

    /** What may have come together by chance: a tenth of the median, and a little... */
    private static final double SHARE = 0.1;

    /** ...of memory, MiB: what a partition may have fetched at the moment of a look... */
    private static final double SLACK_MEBIBYTES = 8;

    /** ...and of threads and files: those of a client that is being replaced. */
    private static final double SLACK_COUNT = 5;

    static final String RULE = "grows: after the first quarter of the time, the lower end of the 95 % interval of the"
            + " Theil-Sen slope comes to more than a tenth of the median and 8 MiB, or 5 threads or files";

    SoakResult {
        faults = List.copyOf(faults);
        samples = List.copyOf(samples);
    }

    /** When something was done to the stream, seconds since the load began. */
    record Fault(double seconds, SoakFault kind) {}

    /** How a figure went after the warm-up; of what is not known nothing grows. */
    record Growth(double median, double perHour, double lowerPerHour, double upperPerHour, boolean grows) {}

    Map<String, Growth> growth() {
        Map<String, Growth> growth = new LinkedHashMap<>();
        growth.put("heapMebibytes", growth(SoakSample::heapMebibytes, SLACK_MEBIBYTES));
        growth.put("residentMebibytes", growth(SoakSample::residentMebibytes, SLACK_MEBIBYTES));
        growth.put("threads", growth(SoakSample::threads, SLACK_COUNT));
        growth.put("openFiles", growth(SoakSample::openFiles, SLACK_COUNT));
        return growth;
    }

    private Growth growth(ToDoubleFunction<SoakSample> figure, double slack) {
        List<SoakSample> warm = samples.stream()
                .filter(sample -> sample.seconds() >= WARM_UP * seconds)
                .toList();
        Slope slope = Slope.of(warm, SoakSample::seconds, figure);
        double median = warm.isEmpty()
                ? Double.NaN
                : StreamBench.median(warm.stream().map(figure::applyAsDouble).toList());
        boolean grows = slope.lower() * (1 - WARM_UP) * seconds > SHARE * median + slack;
        return new Growth(
                Figures.rounded(median),
                Figures.rounded(slope.median() * 3600),
                Figures.rounded(slope.lower() * 3600),
                Figures.rounded(slope.upper() * 3600),
                grows);
    }

    /** Whether nothing grew, and every alert has its one right outcome. */
    boolean isSteady() {
        return conservation.isKept() && growth().values().stream().noneMatch(Growth::grows);
    }

    /** The figures by the names they have in the JSON. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>(conservation.figures());
        figures.put("seconds", Figures.rounded(seconds));
        figures.put("perSecond", perSecond);
        figures.put("faults", faults);
        figures.put("growth", growth());
        figures.put("rule", RULE);
        figures.put("steady", isSteady());
        figures.put("samples", samples);
        return figures;
    }
}
