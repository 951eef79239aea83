package dev.stampede.training.fit;

import dev.stampede.stamps.terminal.Progress;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.evaluate.ClassScores;
import dev.stampede.training.network.Network;
import dev.stampede.training.network.StampBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The epochs of one fit. */
final class FitLoop implements AutoCloseable {
    private final ComputationGraph graph;
    private final Replicas replicas;
    private final Split split;
    private final FitSettings settings;
    private final Shuffle shuffle;
    private final Progress progress;
    private final Optional<Path> checkpoint;
    /** Names network, data and settings: all that decides what the fit comes to. */
    private final String run;

    private final List<Epoch> epochs = new ArrayList<>();
    private final INDArray best;

    private FitLoop(
            Network network,
            ComputationGraph graph,
            Split split,
            FitSettings settings,
            Progress progress,
            Optional<Path> checkpoint) {
        this.graph = graph;
        this.replicas = new Replicas(graph, settings.threads(), settings.seed());
        this.split = split;
        this.settings = settings;
        this.shuffle = shuffle(split.fitting(), settings);
        this.progress = progress;
        this.checkpoint = checkpoint;
        this.run = "network " + network.networkName() + " on data "
                + split.fitting().source().fingerprint() + " of "
                + split.fitting().shape() + " in " + split.fitting().classes() + " with " + settings;
        this.best = graph.params().dup();
    }

    /** A fit at its very beginning. */
    static FitLoop start(
            Network network, Split split, FitSettings settings, Progress progress, Optional<Path> checkpoint) {
        int steps = settings.epochs() * shuffle(split.fitting(), settings).batches();
        ComputationGraph graph = network.create(
                split.fitting().shape(),
                split.fitting().classes().size(),
                settings.optimiser().updater(settings.schedule().over(settings.learningRate(), steps)),
                settings.optimiser().regularisation(settings.weightDecay()),
                settings.seed());
        return new FitLoop(network, graph, split, settings, progress, checkpoint);
    }

    static Shuffle shuffle(Examples examples, FitSettings settings) {
        SplittableRandom random = new SplittableRandom(settings.seed());
        if (settings.presentation().balances()) {
            return Shuffle.balanced(examples, settings.batchSize(), random);
        }
        return new Shuffle(examples.size(), settings.batchSize(), random);
    }

    /** Goes to the end of the last epoch that {@code file} knows. */
    void resume(Path file) throws IOException {
        Checkpoint.Fitted fitted = Checkpoint.read(file, run, graph);
        epochs.addAll(fitted.epochs());
        best.assign(fitted.best());
        shuffle.skip(epochs.size(), settings.presentation().augments());
        progress.advance((long) epochs.size() * shuffle.batches() * shuffle.batchSize(), "resumed");
    }

    Fit run() throws IOException {
        runUntil(settings.epochs());
        graph.setParams(best);
        return new Fit(graph, epochs);
    }

    /** Leaves off at the end of epoch {@code last}, or before where patience is at its end. */
    void runUntil(int last) throws IOException {
        while (epochs.size() < last && !isOutOfPatience()) {
            double least = leastLoss();
            Epoch epoch = epoch(epochs.size() + 1);
            epochs.add(epoch);
            if (epoch.validationLoss() < least) {
                best.assign(graph.params());
            }
            if (checkpoint.isPresent()) {
                Checkpoint.write(checkpoint.get(), run, graph, new Checkpoint.Fitted(epochs, best));
            }
        }
    }

    private double leastLoss() {
        return epochs.stream()
                .mapToDouble(Epoch::validationLoss)
                .filter(loss -> !Double.isNaN(loss))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private boolean isOutOfPatience() {
        int since = epochs.size();
        double least = leastLoss();
        for (Epoch epoch : epochs) {
            if (epoch.validationLoss() == least) {
                since = epochs.size() - epoch.number();
                break;
            }
        }
        return settings.patience() > 0 && since >= settings.patience();
    }

    private Epoch epoch(int number) {
        long start = System.nanoTime();
        shuffle.again();
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
        int[] symmetries = settings.presentation().augments() ? shuffle.symmetries() : new int[indices.length];
        double loss = replicas.step(indices.length, (from, to) -> show(indices, symmetries, from, to));
        if (Double.isNaN(loss)) {
            throw new DivergedException(
                    "the loss is no longer a number in epoch " + epoch + "; a lower learning rate may help");
        }
        progress.advance(shuffle.batchSize(), String.format(Locale.ROOT, "epoch %d  loss %.4f", epoch, loss));
        return loss;
    }

    private StampBatch show(int[] indices, int[] symmetries, int from, int to) {
        int[] part = Arrays.copyOfRange(indices, from, to);
        StampBatch batch = StampBatch.of(split.fitting(), part, position -> symmetries[from + position]);
        batch.smoothLabels(settings.presentation().labelSmoothing());
        return batch;
    }

    @Override
    public void close() {
        replicas.close();
    }
}
