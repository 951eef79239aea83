package dev.stampede.benchmarks;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.explain.OcclusionSettings.Search;
import dev.stampede.stamps.score.Scorer;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.*;

/**
 * What the maps of {@value #STAMPS} simulated stamps cost one thread, exhaustive and refined, and what ONNX Runtime costs
 * alone on as many forward passes in the same batches: {@code engineAlone} against {@code everyPosition} is the share
 * that masking, normalising and drawing take. Counts maps and forward passes per second.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
@NullUnmarked // JMH fills the fields
public class OcclusionBenchmark {
    private static final int STAMPS = 32;
    private static final int POSITIONS = 17 * 17;

    /** {@code tiny}, {@code shipped} or the path of a model file whose input is one plane of 21x21 pixels. */
    @Param("shipped")
    String model;

    @Param("64")
    int batch;

    private StampModel classifier;
    private Explainer exhaustive;
    private Explainer refined;
    private Scorer scorer;
    private List<Stamp> stamps;
    private float[] normalised;

    /** The work done per second. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        public long maps;
        public long passes;

        @Setup(Level.Iteration)
        public void clear() {
            maps = 0;
            passes = 0;
        }

        void add(List<Explanation> explanations) {
            for (Explanation explanation : explanations) {
                maps++;
                passes += explanation.map().orElseThrow().passes();
            }
        }
    }

    @Setup
    public void open() {
        classifier = StampModel.open(
                switch (model) {
                    case "tiny" -> TinyModel.standard().file();
                    case "shipped" -> ModelFile.shipped();
                    default -> ModelFile.read(Path.of(model));
                });
        exhaustive = Explainer.of(classifier, OcclusionSettings.standard(), batch);
        refined = Explainer.of(classifier, OcclusionSettings.standard().withSearch(Search.REFINED), batch);
        scorer = classifier.newScorer(batch);
        Simulator simulator = Simulator.of(SimulationSettings.standard(), 11);
        List<Stamp> candidates = LongStream.range(0, 2 * STAMPS)
                .mapToObj(index -> simulator.candidate(index).stamp())
                .toList();
        List<Explanation> classified = exhaustive.explain(candidates);
        stamps = LongStream.range(0, candidates.size())
                .filter(i -> classified.get((int) i).map().isPresent())
                .limit(STAMPS)
                .mapToObj(i -> candidates.get((int) i))
                .toList();
        normalised = new float[21 * 21];
        classifier
                .contract()
                .preprocessing()
                .recipe(0)
                .newNormaliser(1, normalised.length)
                .normalise(pixelsOf(stamps.get(0)), 0, normalised, 0);
    }

    private static float[] pixelsOf(Stamp stamp) {
        float[] pixels = new float[21 * 21];
        stamp.copyTo(pixels, 0);
        return pixels;
    }

    @Benchmark
    public List<Explanation> everyPosition(Work work) {
        List<Explanation> explanations = exhaustive.explain(stamps);
        work.add(explanations);
        return explanations;
    }

    @Benchmark
    public List<Explanation> refined(Work work) {
        List<Explanation> explanations = refined.explain(stamps);
        work.add(explanations);
        return explanations;
    }

    /** As many passes as {@link #everyPosition}, of a batch that is filled once. */
    @Benchmark
    public float engineAlone(Work work) {
        scorer.clear();
        while (scorer.count() < scorer.capacity()) {
            scorer.add(normalised);
        }
        int runs = stamps.size() * POSITIONS / batch;
        for (int run = 0; run < runs; run++) {
            scorer.run();
        }
        work.passes += (long) runs * batch;
        work.maps += stamps.size();
        return scorer.probability(0);
    }

    @TearDown
    public void close() {
        scorer.close();
        refined.close();
        exhaustive.close();
        classifier.close();
    }
}
