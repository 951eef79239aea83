package dev.stampede.training.pipeline;

import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.LabelledStamps;
import dev.stampede.training.fit.FitListener;

/** Receives the progress of a training or a retraining. */
public interface TrainingListener extends FitListener {
    /** Ignores all progress. */
    TrainingListener NONE = new TrainingListener() {};

    /** The stamps are read and normalised; {@code examples} are those that can be classified. */
    default void examplesPrepared(LabelledStamps stamps, Examples examples) {}

    /** The data is unusual; {@code warning} is a sentence. */
    default void warned(String warning) {}

    /** A stage other than the fit starts, such as scoring; it processes {@code stamps} stamps. */
    default void stageStarted(String stage, long stamps) {}

    /** The stage has processed {@code stamps} more stamps. */
    default void stageAdvanced(long stamps) {}

    /** The stage ended. */
    default void stageFinished() {}
}
