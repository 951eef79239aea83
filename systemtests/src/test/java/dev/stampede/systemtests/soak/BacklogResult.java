package dev.stampede.systemtests.soak;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.ProcessMonitor;
import dev.stampede.systemtests.harness.Results;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The memory of a stream while it drained a backlog.
 *
 * @param alerts the backlog
 * @param drainSeconds from the start of the process to the last outcome
 * @param samples in order of time
 */
@JsonPropertyOrder({
    "alerts",
    "outcomes",
    "heapLimitMebibytes",
    "drainSeconds",
    "heapMebibytes",
    "residentMebibytes",
    "threads",
    "flat",
    "rule",
    "samples"
})
record BacklogResult(long alerts, long outcomes, double drainSeconds, List<Sample> samples) {
    /** How far the last quarter may exceed the second, which follows the warm-up: by a tenth... */
    private static final double TOLERANCE = 1.1;
    /** ...and in MiB by what two partitions may have fetched at the moment of a sample. */
    private static final double SLACK_MEBIBYTES = 16;

    BacklogResult {
        samples = List.copyOf(samples);
    }

    /** The state of the process; {@code seconds} since its start, and the outcomes that were committed. */
    record Sample(
            double seconds, long outcomes, @JsonUnwrapped ProcessMonitor.Sample process) {}

    /** Medians over two quarters of the alerts; NaN without a sample. */
    record Quarters(double secondQuarter, double lastQuarter) {
        boolean isFlat(double slack) {
            return lastQuarter <= TOLERANCE * secondQuarter + slack;
        }
    }

    @JsonProperty
    int heapLimitMebibytes() {
        return JavaProcess.STREAM_HEAP_MEBIBYTES;
    }

    @JsonProperty
    Quarters heapMebibytes() {
        return quarters(ProcessMonitor.Sample::heapMebibytes);
    }

    @JsonProperty
    Quarters residentMebibytes() {
        return quarters(ProcessMonitor.Sample::residentMebibytes);
    }

    @JsonProperty
    Quarters threads() {
        return quarters(ProcessMonitor.Sample::threads);
    }

    @JsonProperty
    String rule() {
        return "flat: the median over the last quarter of the alerts is no more than 1.1 times that over the second"
                + " quarter, for memory plus 16 MiB";
    }

    /** By {@link #rule}; false if there is nothing to compare. Unknown resident memory is ignored. */
    public boolean isFlat() {
        boolean residentUnknown = samples.stream()
                .anyMatch(sample -> Double.isNaN(sample.process().residentMebibytes()));
        return heapMebibytes().isFlat(SLACK_MEBIBYTES)
                && (residentUnknown || residentMebibytes().isFlat(SLACK_MEBIBYTES))
                && threads().isFlat(0);
    }

    private Quarters quarters(ToDoubleFunction<ProcessMonitor.Sample> quantity) {
        return new Quarters(median(1, quantity), median(3, quantity));
    }

    private double median(int quarter, ToDoubleFunction<ProcessMonitor.Sample> quantity) {
        return Results.median(samples.stream()
                .filter(sample -> Math.min(3, sample.outcomes() * 4 / alerts) == quarter)
                .mapToDouble(sample -> quantity.applyAsDouble(sample.process())));
    }
}
