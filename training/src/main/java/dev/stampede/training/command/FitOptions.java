package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.commandline.OutputFiles;
import dev.stampede.training.fit.FitSettings;
import dev.stampede.training.fit.LearningRateSchedule;
import dev.stampede.training.fit.Optimiser;
import dev.stampede.training.fit.OptimiserSettings;
import dev.stampede.training.fit.SamplingSettings;
import dev.stampede.training.fit.TrainingFiles;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that set the hyperparameters of a fit. */
@OptionHeading("Hyperparameters")
final class FitOptions {
    @Option(names = "--epochs", paramLabel = "N", defaultValue = "20", description = "Passes over the training set.")
    private int epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "256",
            description = "Stamps per step: 1 for stochastic gradient descent, more than there are for the whole set.")
    private int batchSize;

    @Option(
            names = "--optimiser",
            paramLabel = "OPTIMISER",
            defaultValue = "adam",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private Optimiser optimiser;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            defaultValue = "0.002",
            description = "Initial learning rate.")
    private double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "SCHEDULE",
            defaultValue = "cosine",
            description = "Learning-rate schedule: ${COMPLETION-CANDIDATES}. step: a tenth after half of the steps, a"
                    + " hundredth after three quarters.")
    private LearningRateSchedule schedule;

    @Option(
            names = "--weight-decay",
            paramLabel = "RATE",
            defaultValue = "0",
            description = "Weight decay; decoupled from the gradient with adamw, L2 regularisation with the others.")
    private double weightDecay;

    @Option(
            names = "--label-smoothing",
            paramLabel = "P",
            defaultValue = "0",
            description = "Probability moved from the true class to all classes evenly.")
    private double labelSmoothing;

    @Option(names = "--balanced", description = "Repeat the stamps of the rarer class until both classes are equal.")
    private boolean balances;

    @Option(names = "--without-augmentation", description = "Neither rotate nor mirror the stamps.")
    private boolean withoutAugmentation;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "0",
            description = "Early stopping: epochs without a lower validation loss after which to stop; 0 disables it.")
    private int maxEpochsWithoutImprovement;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that share each batch; another number gives another model.")
    private int threads;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Random seed; the same seed gives the same model.")
    private long seed;

    long seed() {
        return seed;
    }

    /** The settings; a wrong option is a {@link CommandException} that names it. */
    FitSettings settings() {
        require(epochs >= 1, "--epochs is " + epochs + ", not 1 or more.");
        require(batchSize >= 1, "--batch-size is " + batchSize + ", not 1 or more.");
        require(learningRate > 0 && learningRate <= 1, "--learning-rate is " + learningRate + ", not above 0 to 1.");
        require(weightDecay >= 0 && weightDecay <= 1, "--weight-decay is " + weightDecay + ", not 0 to 1.");
        require(
                labelSmoothing >= 0 && labelSmoothing < 1,
                "--label-smoothing is " + labelSmoothing + ", not 0 to below 1.");
        require(maxEpochsWithoutImprovement >= 0, "--patience is " + maxEpochsWithoutImprovement + ", not 0 or more.");
        require(threads >= 1, "--threads is " + threads + ", not 1 or more.");
        return new FitSettings(
                epochs,
                batchSize,
                new OptimiserSettings(optimiser, learningRate, schedule, weightDecay),
                new SamplingSettings(!withoutAugmentation, balances, labelSmoothing),
                maxEpochsWithoutImprovement,
                threads,
                seed);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw CommandException.usage(otherwise);
        }
    }

    /** Checks that {@code model} and its checkpoint may be written; a run that resumes another overwrites its files. */
    static void requireOutput(OutputFiles output, Path model, boolean resume) {
        if (resume) {
            output.force();
        }
        output.requireFile(model);
        output.requireNew(TrainingFiles.checkpoint(model));
    }
}
