package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.simulate.SimulatedFolder;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Fits one network in two engines, in turn, to the same simulated stamps in the same order. */
final class TrainBench {
    private static final long SEED = 1;
    private static final double LEARNING_RATE = 1e-3;

    private final Settings settings;
    private final FitPeer peer;
    private final PrintStream notes;

    /**
     * What is measured.
     *
     * @param steps of each engine in a round
     * @param rounds that count; the first one, which warms up, does not
     * @param stamps simulated, from which the batches are drawn
     */
    record Settings(Network network, int batchSize, int steps, int rounds, int threads, int stamps) {}

    TrainBench(Settings settings, FitPeer peer, PrintStream notes) {
        this.settings = settings;
        this.peer = peer;
        this.notes = notes;
    }

    /** Measures both, and answers the figures by the names they have in the JSON. */
    Map<String, Object> run() throws IOException {
        notes.println("Simulating " + settings.stamps() + " stamps...");
        FitTask task = new FitTask(settings.network(), examples(), LEARNING_RATE, settings.threads(), SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        List<FitPace> ours = new ArrayList<>();
        List<FitPace> theirs = new ArrayList<>();
        try (Learner dl4j = new StampedeLearner(task);
                Learner pytorch = peer.start(task)) {
            for (int round = 0; round <= settings.rounds(); round++) {
                int[][] batches = batches(random, task.examples().size());
                ours.add(pace(round, "DL4J", dl4j, batches));
                theirs.add(pace(round, "PyTorch", pytorch, batches));
            }
        }
        return figures(ours, theirs);
    }

    private Examples examples() throws IOException {
        Path folder = Files.createTempDirectory("stampede-bench");
        try {
            SimulatedFolder.write(folder, SimulationSettings.standard(), SEED, settings.stamps(), written -> {});
            return Examples.of(DataFolder.read(folder), Recipe.ASINH_SNR);
        } finally {
            Folders.delete(folder);
        }
    }

    private int[][] batches(SplittableRandom random, int examples) {
        int[][] batches = new int[settings.steps()][];
        for (int step = 0; step < batches.length; step++) {
            batches[step] = random.ints(settings.batchSize(), 0, examples).toArray();
        }
        return batches;
    }

    private FitPace pace(int round, String engine, Learner learner, int[][] batches) {
        FitPace pace = FitPace.of(learner, batches);
        notes.printf(
                "  round %d  %-8s %,.0f/s  loss %.4f%n",
                round, engine, pace.rate().perSecond(), pace.loss());
        return pace;
    }

    private Map<String, Object> figures(List<FitPace> ours, List<FitPace> theirs) {
        Map<String, Object> figures = new LinkedHashMap<>();
        double perSecond = put(figures, "dl4jPerSecond", ours, Rate::perSecond);
        figures.put("ratio", Figures.rounded(perSecond / put(figures, "pytorchPerSecond", theirs, Rate::perSecond)));
        double cpuMicros = put(figures, "dl4jCpuMicros", ours, Rate::cpuMicros);
        figures.put("cpuRatio", Figures.rounded(put(figures, "pytorchCpuMicros", theirs, Rate::cpuMicros) / cpuMicros));
        putLosses(figures, "dl4j", ours);
        putLosses(figures, "pytorch", theirs);
        figures.put("network", settings.network().networkName());
        figures.put("batchSize", settings.batchSize());
        figures.put("threads", settings.threads());
        figures.put("steps", settings.steps());
        figures.put("rounds", settings.rounds());
        return figures;
    }

    /** Puts the median of the rounds after the one that warmed up, and answers it. */
    private static double put(
            Map<String, Object> figures, String name, List<FitPace> paces, ToDoubleFunction<Rate> figure) {
        double median = StreamBench.median(paces.stream()
                .skip(1)
                .map(pace -> figure.applyAsDouble(pace.rate()))
                .toList());
        figures.put(name, Figures.rounded(median));
        return median;
    }

    /** Of the first round and of the last. */
    private static void putLosses(Map<String, Object> figures, String engine, List<FitPace> paces) {
        figures.put(engine + "FirstLoss", Figures.rounded(paces.get(0).loss()));
        figures.put(
                engine + "LastLoss", Figures.rounded(paces.get(paces.size() - 1).loss()));
    }
}
