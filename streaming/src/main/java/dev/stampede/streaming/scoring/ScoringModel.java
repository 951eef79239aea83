package dev.stampede.streaming.scoring;

/** A model that is ready to judge. Thread-safe; each thread takes a scorer of its own. */
public interface ScoringModel extends AutoCloseable {
    ModelIdentity identity();

    /** A scorer for one thread; close it before the model. */
    StampScorer newScorer();

    @Override
    default void close() {}
}
