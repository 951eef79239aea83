package dev.stampede.training.fit;

import dev.stampede.stamps.terminal.Progress;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.evaluate.Predictions;
import dev.stampede.training.network.Network;
import dev.stampede.training.network.StampBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A network fitted to the stamps of a split, with the weights of its best epoch: that of the least validation loss.
 *
 * @param network the network with those weights
 * @param epochs what each epoch came to, in order
 */
public record Fit(ComputationGraph network, List<Epoch> epochs) {
    public Fit {
        epochs = List.copyOf(epochs);
    }

    /**
     * Fits {@code network} from random weights with Adam (Kingma and Ba 2015). Every stamp is seen once an epoch, each
     * time turned or mirrored anew. The same seed, stamps and count of threads give the same weights, bit for bit.
     *
     * @param progress advances by one for each stamp
     * @throws DivergedException if the loss is no longer a number
     */
    public static Fit of(Network network, Split split, FitSettings settings, Progress progress) {
        Examples examples = split.fitting();
        int batchSize = Math.min(settings.batchSize(), examples.size());
        int steps = settings.epochs() * (examples.size() / batchSize);
        Adam updater = new Adam(settings.schedule().over(settings.learningRate(), steps));
        // Dropout draws from the one generator of the library.
        Nd4j.getRandom().setSeed(settings.seed());
        ComputationGraph graph = network.create(examples.shape(), updater, settings.seed());
        Shuffle shuffle = new Shuffle(examples.size(), batchSize, new SplittableRandom(settings.seed()));
        return new Loop(graph, split, shuffle, progress).run(settings.epochs());
    }

    /** Stamps of one fit that {@link Progress} is to count. */
    public static long stamps(Split split, FitSettings settings) {
        int batchSize = Math.min(settings.batchSize(), split.fitting().size());
        return (long) settings.epochs() * (split.fitting().size() / batchSize) * batchSize;
    }

    private record Loop(ComputationGraph graph, Split split, Shuffle shuffle, Progress progress) {
        Fit run(int count) {
            List<Epoch> epochs = new ArrayList<>();
            INDArray best = graph.params().dup();
            double leastLoss = Double.POSITIVE_INFINITY;
            for (int number = 1; number <= count; number++) {
                Epoch epoch = epoch(number);
                epochs.add(epoch);
                if (epoch.validationLoss() < leastLoss) {
                    leastLoss = epoch.validationLoss();
                    best.assign(graph.params());
                }
            }
            graph.setParams(best);
            return new Fit(graph, epochs);
        }

        private Epoch epoch(int number) {
            long start = System.nanoTime();
            shuffle.again();
            double loss = 0;
            for (int batch = 0; batch < shuffle.batches(); batch++) {
                loss += step(number, batch);
            }
            double perSecond = shuffle.batches() * shuffle.batchSize() / ((System.nanoTime() - start) / 1e9);
            Predictions predictions = Predictions.of(graph, split.validation());
            return new Epoch(
                    number, loss / shuffle.batches(), predictions.logLoss(1), predictions.accuracy(), perSecond);
        }

        private double step(int epoch, int number) {
            try (StampBatch batch = StampBatch.of(split.fitting(), shuffle.batch(number), shuffle::symmetry)) {
                graph.fit(new INDArray[] {batch.stamps()}, new INDArray[] {batch.labels()});
            }
            double loss = graph.score();
            if (Double.isNaN(loss)) {
                throw new DivergedException(
                        "the loss is no longer a number in epoch " + epoch + "; a lower learning rate may help");
            }
            progress.advance(shuffle.batchSize(), String.format(Locale.ROOT, "epoch %d  loss %.4f", epoch, loss));
            return loss;
        }
    }
}
