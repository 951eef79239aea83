package dev.stampede.training.fit;

import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.training.calibrate.ClassScores;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.network.Network;
import dev.stampede.training.network.StampBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The epochs of one fit. */
final class TrainingLoop implements AutoCloseable {
    private final ComputationGraph graph;
    private final Replicas replicas;
    private final Split split;
    private final FitSettings settings;
    private final Shuffle shuffle;
    private final FitListener listener;
    private final @Nullable Path checkpoint;
    /** Identifies network, data and settings: everything that determines the weights. */
    private final String run;

    private final List<Epoch> epochs = new ArrayList<>();
    private final INDArray best;

    private TrainingLoop(
            Network network,
            ComputationGraph graph,
            Split split,
            FitSettings settings,
            FitListener listener,
            @Nullable Path checkpoint) {
        this.graph = graph;
        this.replicas = new Replicas(graph, settings.threads(), settings.seed());
        this.split = split;
        this.settings = settings;
        this.shuffle = shuffle(split.fitting(), settings);
        this.listener = listener;
        this.checkpoint = checkpoint;
        this.run = "network " + network.networkName() + " on data "
                + split.fitting().source().fingerprint() + " of "
                + split.fitting().shape() + " in " + split.fitting().classes() + features(split)
                + split.fitting().softLabels() + " in the split " + split.fingerprint() + " with "
                + settings;
        this.best = graph.params().dup();
    }

    /** A fit before its first epoch; {@code checkpoint} is null if none is to be written. */
    static TrainingLoop start(
            Network network, Split split, FitSettings settings, FitListener listener, @Nullable Path checkpoint) {
        Shuffle shuffle = shuffle(split.fitting(), settings);
        ComputationGraph graph = network.create(
                split.fitting().shape(),
                split.fitting().featureInput().width(),
                split.fitting().classes().size(),
                settings.optimiser().updater(settings.epochs() * shuffle.batches()),
                settings.optimiser().regularisation(),
                settings.seed());
        listener.fitStarted((long) settings.epochs() * shuffle.batches() * shuffle.batchSize());
        return new TrainingLoop(network, graph, split, settings, listener, checkpoint);
    }

    private static String features(Split split) {
        FeatureInput input = split.fitting().featureInput();
        return input.isEmpty() ? "" : " and " + input.features();
    }

    private static Shuffle shuffle(Examples examples, FitSettings settings) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        if (settings.sampling().balances()) {
            return Shuffle.balanced(examples, settings.batchSize(), random);
        }
        return new Shuffle(examples.size(), settings.batchSize(), random);
    }

    /** Restores the state at the end of the last epoch in {@code file}. */
    void resume(Path file) throws IOException {
        Checkpoint.State state = Checkpoint.read(file, run, graph);
        epochs.addAll(state.epochs());
        best.assign(state.best());
        shuffle.skip(epochs.size(), settings.sampling().augments());
        listener.fitResumed((long) epochs.size() * shuffle.batches() * shuffle.batchSize());
    }

    FittedNetwork run() throws IOException {
        runUntil(settings.epochs());
        graph.setParams(best);
        listener.fitFinished();
        return new FittedNetwork(graph, epochs);
    }

    /** Runs to the end of epoch {@code last}, or until early stopping. */
    void runUntil(int last) throws IOException {
        while (epochs.size() < last && !stopsEarly()) {
            double min = minLoss();
            Epoch epoch = epoch(epochs.size() + 1);
            epochs.add(epoch);
            if (epoch.validationLoss() < min) {
                best.assign(graph.params());
            }
            if (checkpoint != null) {
                Checkpoint.write(checkpoint, run, graph, new Checkpoint.State(epochs, best));
            }
        }
    }

    private double minLoss() {
        return epochs.stream()
                .mapToDouble(Epoch::validationLoss)
                .filter(loss -> !Double.isNaN(loss))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private boolean stopsEarly() {
        double min = minLoss();
        int withoutImprovement = epochs.size()
                - epochs.stream()
                        .filter(epoch -> epoch.validationLoss() == min)
                        .mapToInt(Epoch::number)
                        .findFirst()
                        .orElse(0);
        return settings.maxEpochsWithoutImprovement() > 0
                && withoutImprovement >= settings.maxEpochsWithoutImprovement();
    }

    private Epoch epoch(int number) {
        long start = System.nanoTime();
        shuffle.reshuffle();
        double loss = 0;
        for (int batch = 0; batch < shuffle.batches(); batch++) {
            loss += step(number, batch);
        }
        double perSecond = shuffle.batches() * shuffle.batchSize() / ((System.nanoTime() - start) / 1e9);
        ClassScores scores = ClassScores.of(graph, split.validation());
        return new Epoch(number, loss / shuffle.batches(), scores.logLoss(), scores.accuracy(), perSecond);
    }

    private double step(int epoch, int number) {
        int[] indices = shuffle.batch(number);
        int[] symmetries = settings.sampling().augments() ? shuffle.symmetries() : new int[indices.length];
        RandomMask mask = new RandomMask(
                settings.seed(),
                graph.getIterationCount(),
                indices.length,
                split.fitting().featureInput().features().size());
        double loss = replicas.step(indices.length, (from, to) -> batch(indices, symmetries, mask, from, to));
        if (Double.isNaN(loss)) {
            throw new DivergedException("The loss is NaN in epoch " + epoch + "; try a lower learning rate.");
        }
        listener.batchFitted(shuffle.batchSize(), epoch, loss);
        return loss;
    }

    private StampBatch batch(int[] indices, int[] symmetries, RandomMask mask, int from, int to) {
        int[] part = Arrays.copyOfRange(indices, from, to);
        StampBatch batch = StampBatch.of(
                split.fitting(),
                part,
                position -> symmetries[from + position],
                (position, feature) -> mask.hides(from + position, feature));
        batch.smoothLabels(settings.sampling().labelSmoothing());
        return batch;
    }

    @Override
    public void close() {
        replicas.close();
    }
}
