package dev.stampede.training.fit;

import dev.stampede.stamps.terminal.Progress;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;

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
     * Fits {@code network} from random weights. The same seed, stamps and settings give the same weights, bit for bit.
     *
     * @param progress advances by one for each stamp
     * @throws DivergedException if the loss is no longer a number
     */
    public static Fit of(Network network, Split split, FitSettings settings, Progress progress) {
        try (FitLoop loop = FitLoop.start(network, split, settings, progress, Optional.empty())) {
            return loop.run();
        } catch (IOException impossible) {
            throw new IllegalStateException("a fit without checkpoints writes nothing", impossible);
        }
    }

    /**
     * The same with a checkpoint written to {@code checkpoint} after each epoch. Where that file is already there and
     * {@code resumes}, the fit goes on from it and ends with the weights of a fit that was never interrupted.
     *
     * @throws CheckpointException if the checkpoint is of another run, cut short or damaged
     * @throws IOException if a checkpoint cannot be read or written; what was there before stays
     */
    public static Fit of(
            Network network, Split split, FitSettings settings, Progress progress, Path checkpoint, boolean resumes)
            throws IOException {
        try (FitLoop loop = FitLoop.start(network, split, settings, progress, Optional.of(checkpoint))) {
            if (resumes && Files.exists(checkpoint)) {
                loop.resume(checkpoint);
            }
            return loop.run();
        }
    }

    /** Stamps of one fit that {@link Progress} is to count. */
    public static long stamps(Split split, FitSettings settings) {
        Shuffle shuffle = FitLoop.shuffle(split.fitting(), settings);
        return (long) settings.epochs() * shuffle.batches() * shuffle.batchSize();
    }
}
