package dev.stampede.streaming.scoring;

/** Opens the scorers of {@link PollBatchInterceptor}, one per thread. Thread-safe. */
public interface PollScorerFactory {
    /** A scorer for one thread; close it before the model. */
    PollScorer newScorer();

    /** Records a poll of {@code values} records that was scored as a batch. */
    void batched(int values);

    /** Records that a poll could not be scored as a batch; returns whether it is the first. */
    boolean batchFailed(RuntimeException failure);
}
