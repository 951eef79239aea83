package dev.stampede.systemtests.soak;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stampede.systemtests.harness.ConservationResult;
import dev.stampede.systemtests.harness.ProcessMonitor;
import dev.stampede.systemtests.harness.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The result of a soak test.
 *
 * @param seconds duration of the load
 * @param perSecond alerts sent per second
 * @param faults in order of time
 * @param samples in order of time
 */
record SoakResult(
        @JsonUnwrapped ConservationResult conservation,
        double seconds,
        int perSecond,
        List<Fault> faults,
        List<SoakSample> samples) {
    /** The share of the time in which classes are loaded, code is compiled and the heap finds its size. */
    private static final double WARM_UP = 0.25;
    /** Growth that may be noise: a tenth of the median, and in addition... */
    private static final double TOLERANCE = 0.1;
    /** ...in MiB what a partition may have fetched at the moment of a sample... */
    private static final double SLACK_MEBIBYTES = 8;
    /** ...and of threads and files those of a client that is being replaced. */
    private static final double SLACK_COUNT = 5;

    SoakResult {
        faults = List.copyOf(faults);
        samples = List.copyOf(samples);
    }

    /** A fault and its time in seconds since the start of the load. */
    record Fault(double seconds, SoakFault kind) {}

    /** The trend of a quantity after the warm-up; an unknown quantity does not grow. */
    record Growth(double median, double perHour, double lowerPerHour, double upperPerHour, boolean grows) {}

    @JsonProperty
    Map<String, Growth> growth() {
        Map<String, Growth> growth = new LinkedHashMap<>();
        growth.put("heapMebibytes", growth(ProcessMonitor.Sample::heapMebibytes, SLACK_MEBIBYTES));
        growth.put("residentMebibytes", growth(ProcessMonitor.Sample::residentMebibytes, SLACK_MEBIBYTES));
        growth.put("threads", growth(ProcessMonitor.Sample::threads, SLACK_COUNT));
        growth.put("openFiles", growth(ProcessMonitor.Sample::openFiles, SLACK_COUNT));
        return growth;
    }

    private Growth growth(ToDoubleFunction<ProcessMonitor.Sample> quantity, double slack) {
        List<SoakSample> warm = samples.stream()
                .filter(sample -> sample.seconds() >= WARM_UP * seconds)
                .toList();
        ToDoubleFunction<SoakSample> value = sample -> quantity.applyAsDouble(sample.process());
        TheilSenSlope slope = TheilSenSlope.of(warm, SoakSample::seconds, value);
        double median = Results.median(warm.stream().mapToDouble(value));
        boolean grows = slope.lower() * (1 - WARM_UP) * seconds > TOLERANCE * median + slack;
        return new Growth(median, slope.median() * 3600, slope.lower() * 3600, slope.upper() * 3600, grows);
    }

    @JsonProperty
    String rule() {
        return "grows: after the first quarter of the time, the lower end of the 95 % interval of the Theil-Sen slope"
                + " amounts to more than a tenth of the median and 8 MiB, or 5 threads or files";
    }

    /** Whether nothing grew, and every alert has its one right outcome. */
    public boolean isSteady() {
        return conservation.isKept() && growth().values().stream().noneMatch(Growth::grows);
    }
}
