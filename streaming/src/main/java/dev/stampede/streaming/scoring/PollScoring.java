package dev.stampede.streaming.scoring;

/** What {@link BatchScoring} does with a poll. Thread-safe; each thread takes a scorer of its own. */
public interface PollScoring {
    /** A scorer for one thread; close it before the model. */
    PollScorer newScorer();

    /** A poll of that many values was scored as a batch. */
    void batched(int values);

    /** A poll could not be scored as a batch; answers whether that is the first. */
    boolean batchFailed(RuntimeException failure);
}
