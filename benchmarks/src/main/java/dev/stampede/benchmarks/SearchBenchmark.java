package dev.stampede.benchmarks;

import dev.stampede.stamps.simulate.stack.FieldSettings;
import dev.stampede.stamps.simulate.stack.SearchSimulation;
import dev.stampede.stamps.simulate.stack.SearchSimulator;
import dev.stampede.stamps.simulate.stack.SearchedCandidate;
import dev.stampede.stamps.stamp.Plane;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.*;

/** Fields simulated and searched per second by one thread, and their candidates with four coadds each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 5)
public class SearchBenchmark {
    private final SearchSimulator simulator =
            SearchSimulator.of(new SearchSimulation(FieldSettings.standard(), Plane.COADDS, 21, 5, 2), 1);
    private long field;

    /** The candidates of all fields. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Found {
        public long candidates;

        @Setup(Level.Iteration)
        public void clear() {
            candidates = 0;
        }
    }

    @Benchmark
    public List<SearchedCandidate> field(Found found) {
        List<SearchedCandidate> candidates = simulator.candidates(field++);
        found.candidates += candidates.size();
        return candidates;
    }
}
