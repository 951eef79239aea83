package dev.stampede.training.fit;

import dev.stampede.training.dataset.Split;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * A network fitted to the training set of a split, with the weights of the epoch with the lowest validation loss.
 *
 * @param network the network with those weights
 * @param epochs the result of each epoch, in order
 */
public record FittedNetwork(ComputationGraph network, List<Epoch> epochs) {
    public FittedNetwork {
        epochs = List.copyOf(epochs);
    }

    /**
     * Fits {@code network} from random weights. The same seed, stamps and settings give the same weights, bit for bit.
     *
     * @throws DivergedException if the loss becomes NaN
     */
    public static FittedNetwork of(Network network, Split split, FitSettings settings, FitListener listener) {
        try (TrainingLoop loop = TrainingLoop.start(network, split, settings, listener, null)) {
            return loop.run();
        } catch (IOException impossible) {
            throw new IllegalStateException("a fit without checkpoints writes nothing", impossible);
        }
    }

    /**
     * The same, writing {@code checkpoint} after each epoch. If {@code resume} is set and that file exists, the fit
     * continues from it and ends with the same weights as a fit that was never interrupted.
     *
     * @throws CheckpointException if the checkpoint belongs to another run, is truncated or damaged
     * @throws IOException if a checkpoint cannot be read or written; an older one is kept
     */
    public static FittedNetwork of(
            Network network, Split split, FitSettings settings, FitListener listener, Path checkpoint, boolean resume)
            throws IOException {
        try (TrainingLoop loop = TrainingLoop.start(network, split, settings, listener, checkpoint)) {
            if (resume && Files.exists(checkpoint)) {
                loop.resume(checkpoint);
            }
            return loop.run();
        }
    }
}
