package dev.stampede.benchmarks;

import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.monitor.PipelineStage;
import dev.stampede.streaming.monitor.StreamMetrics;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.*;

/**
 * What the metrics of one alert cost its thread, clocks included. Divide by the time per alert, one second divided by
 * the rate of one thread, for their share.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
@NullUnmarked // JMH fills the fields
public class MetricsBenchmark {
    private final StreamMetrics metrics = new StreamMetrics();
    private float probability;

    /** As the processor does for each classified alert. */
    @Benchmark
    public void alert() {
        probability = probability > 0.99f ? 0 : probability + 0.001f;
        long now = System.currentTimeMillis();
        long start = System.nanoTime();
        metrics.classified(Verdict.BOGUS);
        metrics.scored(probability);
        metrics.elapsedNanos(PipelineStage.PUBLISH, System.nanoTime() - start);
        metrics.observedBefore(3000);
        metrics.endToEndMillis(now % 100);
    }

    /** The clocks alone, which an alert without metrics would not read either. */
    @Benchmark
    public long clocks() {
        return System.currentTimeMillis() + System.nanoTime() - System.nanoTime();
    }
}
