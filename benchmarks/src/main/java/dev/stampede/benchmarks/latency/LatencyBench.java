package dev.stampede.benchmarks.latency;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.service.StampedeStream;
import dev.stampede.systemtests.harness.InProcessStream;
import dev.stampede.systemtests.harness.StreamSettingOptions;
import java.io.PrintStream;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Measures the latency of verdicts at a rate, and the duration of bursts. */
final class LatencyBench {
    static final double NANOS_PER_MILLI = 1e6;

    private LatencyBench() {}

    /** The result, by its names in the JSON. */
    record Result(
            int ratePerSecond,
            double p50Millis,
            double p90Millis,
            double p99Millis,
            double maxMillis,
            double burst10000Seconds,
            double burst40000Seconds,
            int threads,
            int seconds) {}

    @SuppressWarnings("try") // the stream only has to run meanwhile
    static Result run(
            int perSecond, int seconds, int threads, Map<String, String> settings, ModelFile file, PrintStream notes)
            throws InterruptedException {
        try (ModelHandle model = VerifiedModel.open(file);
                VerdictTimer timer = new VerdictTimer(model.identity().planes());
                StampedeStream stream = InProcessStream.start(
                        model,
                        new StreamMetrics(),
                        """
                        bootstrap.servers=%s
                        processing.guarantee=at_least_once
                        threads=%d
                        """.formatted(timer.brokers(), threads) + StreamSettingOptions.lines(settings))) {
            notes.println("Warming up...");
            timer.warmUp(perSecond);
            timer.burst(10_000);
            notes.println("Sending " + perSecond + " alerts per second for " + seconds + " s...");
            Histogram nanos = timer.atRate(perSecond, seconds);
            notes.println("Sending bursts...");
            double small = timer.burst(10_000);
            double large = timer.burst(40_000);
            return new Result(
                    perSecond,
                    millis(nanos, 50),
                    millis(nanos, 90),
                    millis(nanos, 99),
                    nanos.getMaxValue() / NANOS_PER_MILLI,
                    small,
                    large,
                    threads,
                    seconds);
        }
    }

    static double millis(Histogram nanos, int percentile) {
        return nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
