package dev.stampede.training.command;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.training.fit.FitSettings;
import dev.stampede.training.fit.Optimiser;
import dev.stampede.training.fit.Presentation;
import dev.stampede.training.fit.Schedule;
import picocli.CommandLine.Option;

/** The options that say how a network is fitted. */
final class FitOptions {
    @Option(names = "--epochs", defaultValue = "20", description = "Passes over the stamps.")
    private int epochs;

    @Option(
            names = "--batch-size",
            defaultValue = "256",
            description = "Stamps per step: 1 for stochastic descent, more than there are for the whole set.")
    private int batchSize;

    @Option(names = "--optimiser", defaultValue = "adam", description = "One of ${COMPLETION-CANDIDATES}.")
    private Optimiser optimiser = Optimiser.ADAM;

    @Option(names = "--learning-rate", defaultValue = "0.002", description = "At the start.")
    private double learningRate;

    @Option(
            names = "--schedule",
            defaultValue = "cosine",
            description = "Of the learning rate: ${COMPLETION-CANDIDATES}. step: a tenth after half of the steps, a"
                    + " hundredth after three quarters.")
    private Schedule schedule = Schedule.COSINE;

    @Option(
            names = "--weight-decay",
            defaultValue = "0",
            description = "Pull of the weights towards 0; beside the gradient with adamw, within it with others.")
    private double weightDecay;

    @Option(
            names = "--label-smoothing",
            defaultValue = "0",
            description = "Share of the certainty of each label dealt out to both classes.")
    private double labelSmoothing;

    @Option(names = "--balanced", description = "Show the rarer class as often as the other, by repeating its stamps.")
    private boolean balances;

    @Option(names = "--without-augmentation", description = "Show stamps as they are, neither turned nor mirrored.")
    private boolean withoutAugmentation;

    @Option(
            names = "--patience",
            defaultValue = "0",
            description = "Stop after so many epochs without a lower validation loss; 0 for never.")
    private int patience;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Threads that share each batch; another count gives another model.")
    private int threads;

    @Option(names = "--seed", defaultValue = "1", description = "The same seed gives the same model.")
    private long seed;

    long seed() {
        return seed;
    }

    /** What the options come to; a wrong one is a {@link CommandFailure} that names it. */
    FitSettings settings() {
        demand(epochs >= 1, "--epochs is " + epochs + ", not 1 or more.");
        demand(batchSize >= 1, "--batch-size is " + batchSize + ", not 1 or more.");
        demand(learningRate > 0 && learningRate <= 1, "--learning-rate is " + learningRate + ", not above 0 to 1.");
        demand(weightDecay >= 0 && weightDecay <= 1, "--weight-decay is " + weightDecay + ", not 0 to 1.");
        demand(
                labelSmoothing >= 0 && labelSmoothing < 1,
                "--label-smoothing is " + labelSmoothing + ", not 0 to below 1.");
        demand(patience >= 0, "--patience is " + patience + ", not 0 or more.");
        demand(threads >= 1, "--threads is " + threads + ", not 1 or more.");
        return new FitSettings(
                epochs,
                batchSize,
                learningRate,
                schedule,
                seed,
                optimiser,
                weightDecay,
                new Presentation(!withoutAugmentation, balances, labelSmoothing),
                patience,
                threads);
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw CommandFailure.usage(otherwise);
        }
    }
}
