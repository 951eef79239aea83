package dev.stampede.training.fit;

/** Receives the progress of a fit, on the thread that called it. An exception of a listener ends the fit. */
public interface FitListener {
    /** Ignores all progress. */
    FitListener NONE = new FitListener() {};

    /** The fit starts. It processes {@code stamps} stamps in all epochs together, fewer if it stops early. */
    default void fitStarted(long stamps) {}

    /** The fit continues from a checkpoint: {@code stamps} stamps are already processed. */
    default void fitResumed(long stamps) {}

    /**
     * A batch was fitted.
     *
     * @param stamps in the batch
     * @param epoch from 1
     * @param loss of the batch, nats
     */
    default void batchFitted(int stamps, int epoch, double loss) {}

    /** The fit ended normally. */
    default void fitFinished() {}
}
