package dev.stampede.benchmarks;

import dev.stampede.stamps.simulate.SimulatedCandidate;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.Plane;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.*;

/** Candidates simulated per second by one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SimulateBenchmark {
    /** The planes of a stamp, joined by commas. */
    @Param({"MEDIAN", "MEDIAN,MEAN,SUM,WEIGHTED"})
    public String coadds = "MEDIAN";

    private Simulator simulator = Simulator.of(SimulationSettings.standard(), 1);
    private long index;

    @Setup
    public void open() {
        List<Plane> kinds =
                List.of(coadds.split(",", -1)).stream().map(Plane::valueOf).toList();
        simulator = Simulator.of(SimulationSettings.standard().withPlanes(kinds), 1);
    }

    @Benchmark
    public SimulatedCandidate candidate() {
        return simulator.candidate(index++);
    }
}
