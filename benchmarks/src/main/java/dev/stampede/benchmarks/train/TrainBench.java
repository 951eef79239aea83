package dev.stampede.benchmarks.train;

import dev.stampede.benchmarks.rate.Rate;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.systemtests.harness.Results;
import dev.stampede.systemtests.harness.RunFolder;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.network.Network;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Trains one network in two engines, in turn, on the same simulated stamps in the same order. */
final class TrainBench {
    private static final long SEED = 1;
    private static final double LEARNING_RATE = 1e-3;

    private final Settings settings;
    private final PrintStream notes;

    /**
     * What is measured.
     *
     * @param steps of each engine in a round
     * @param rounds that count; one more before them warms up
     * @param stamps simulated, from which the batches are drawn
     */
    record Settings(Network network, int batchSize, int steps, int rounds, int threads, int stamps) {}

    /** The rate in stamps of a round, and the mean loss over its steps, with dropout, nats. */
    private record Round(Rate rate, double loss) {}

    /** The result, by its names in the JSON. */
    record Result(
            double dl4jPerSecond,
            double pytorchPerSecond,
            double ratio,
            double dl4jCpuMicros,
            double pytorchCpuMicros,
            double cpuRatio,
            double dl4jFirstLoss,
            double dl4jLastLoss,
            double pytorchFirstLoss,
            double pytorchLastLoss,
            String network,
            int batchSize,
            int threads,
            int steps,
            int rounds) {}

    private TrainBench(Settings settings, PrintStream notes) {
        this.settings = settings;
        this.notes = notes;
    }

    static Result run(Settings settings, TrainingEngine other, PrintStream notes) throws InterruptedException {
        notes.println("Simulating " + settings.stamps() + " stamps...");
        Examples examples = RunFolder.run(
                "train",
                folder -> {
                    SimulatedFolder.write(
                            folder, SimulationSettings.standard(), SEED, settings.stamps(), written -> {});
                    return Examples.of(DataFolder.read(folder), Recipe.ASINH_SNR);
                },
                read -> true);
        TrainingEngine.Task task =
                new TrainingEngine.Task(settings.network(), examples, LEARNING_RATE, settings.threads(), SEED);
        return new TrainBench(settings, notes).run(task, other);
    }

    private Result run(TrainingEngine.Task task, TrainingEngine other) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Round> ours = new ArrayList<>();
        List<Round> theirs = new ArrayList<>();
        try (TrainingEngine.Trainer dl4j = new StampedeTrainer(task);
                TrainingEngine.Trainer pytorch = other.start(task)) {
            for (int round = 0; round <= settings.rounds(); round++) {
                int[][] batches = new int[settings.steps()][];
                for (int step = 0; step < batches.length; step++) {
                    batches[step] = random.ints(
                                    settings.batchSize(), 0, task.examples().size())
                            .toArray();
                }
                ours.add(round(round, "DL4J", dl4j, batches));
                theirs.add(round(round, "PyTorch", pytorch, batches));
            }
        }
        double ourRate = median(ours, Rate::perSecond);
        double theirRate = median(theirs, Rate::perSecond);
        double ourMicros = median(ours, Rate::cpuMicros);
        double theirMicros = median(theirs, Rate::cpuMicros);
        return new Result(
                ourRate,
                theirRate,
                ourRate / theirRate,
                ourMicros,
                theirMicros,
                theirMicros / ourMicros,
                ours.get(0).loss(),
                ours.get(settings.rounds()).loss(),
                theirs.get(0).loss(),
                theirs.get(settings.rounds()).loss(),
                settings.network().networkName(),
                settings.batchSize(),
                settings.threads(),
                settings.steps(),
                settings.rounds());
    }

    private Round round(int number, String engine, TrainingEngine.Trainer trainer, int[][] batches) {
        Rate.Moment start = Rate.Moment.now();
        double loss = 0;
        for (int[] batch : batches) {
            loss += trainer.step(batch);
        }
        Rate rate = Rate.of((long) settings.steps() * settings.batchSize(), start, Rate.Moment.now());
        Round round = new Round(rate, loss / batches.length);
        notes.printf("  round %d  %-8s %,.0f/s  loss %.4f%n", number, engine, rate.perSecond(), round.loss());
        return round;
    }

    /** The median of the rounds after the one that warms up. */
    private static double median(List<Round> rounds, ToDoubleFunction<Rate> value) {
        return Results.median(rounds.stream().skip(1).mapToDouble(round -> value.applyAsDouble(round.rate())));
    }
}
