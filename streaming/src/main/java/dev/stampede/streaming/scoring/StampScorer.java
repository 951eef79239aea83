package dev.stampede.streaming.scoring;

import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;

/** Scores stamps; one instance per thread. */
public interface StampScorer extends AutoCloseable {
    /** One prediction for each stamp, in order. May throw if the engine fails, never because of a stamp. */
    List<Prediction> score(List<Stamp> stamps);

    /** The execution provider of the last scores: cpu or cuda. */
    String executionProvider();

    /** Time that the last {@link #score} spent in model runs; below 0 if not measured. */
    default long modelNanos() {
        return -1;
    }

    @Override
    default void close() {}
}
