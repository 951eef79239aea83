package dev.stampede.benchmarks;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.packet.AlertDecoder;
import dev.stampede.streaming.packet.Decoded;
import dev.stampede.streaming.packet.StampAlertWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.*;

/** Stampede's own alerts of one 21x21 coadd, decoded per second by one thread. {@code -prof gc} shows their garbage. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AlertBenchmark {
    private static final int SIDE = 21;
    private static final List<Plane> CHANNELS = List.of(Plane.MEDIAN);

    private final AlertDecoder decoder = new AlertDecoder(CHANNELS, 1 << 20);
    private final byte[] value =
            StampAlertWriter.write("an-alert", "BENCH", CHANNELS, Stamp.of(1, SIDE, SIDE, new float[SIDE * SIDE]));

    @Benchmark
    public Decoded decode() {
        return decoder.decode(value);
    }
}
