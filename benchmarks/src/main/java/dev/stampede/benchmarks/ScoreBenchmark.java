package dev.stampede.benchmarks;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.*;

/**
 * What a batch of stamps costs one thread, from raw pixels to predictions. The tiny model shows what everything but the
 * network costs. Divide the batch by the time for stamps per second.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
@NullUnmarked // JMH fills the fields
public class ScoreBenchmark {
    private static final int SIGNAL_TO_NOISE_LEVELS = 20;

    @Param({"1", "16", "64", "256", "1024", "4096"})
    int batch;

    /** {@code tiny}, {@code shipped} or the path of a model file whose input is one plane of 21x21 pixels. */
    @Param("tiny")
    String model;

    private StampModel classifier;
    private StampPredictor predict;
    private List<Stamp> stamps;

    @Setup
    public void open() {
        TinyModel tiny = TinyModel.standard();
        classifier = StampModel.open(
                switch (model) {
                    case "tiny" -> tiny.file();
                    case "shipped" -> ModelFile.shipped();
                    default -> ModelFile.read(Path.of(model));
                });
        predict = classifier.newPredictor(batch);
        stamps = IntStream.range(0, batch)
                .mapToObj(i -> tiny.stamp(i % SIGNAL_TO_NOISE_LEVELS, i))
                .toList();
    }

    @Benchmark
    public List<Prediction> predict() {
        return predict.predict(stamps);
    }

    @TearDown
    public void close() {
        predict.close();
        classifier.close();
    }
}
