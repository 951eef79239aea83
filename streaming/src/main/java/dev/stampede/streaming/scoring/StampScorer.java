package dev.stampede.streaming.scoring;

import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;

/** Judges stamps; one instance a thread. */
public interface StampScorer extends AutoCloseable {
    /** One judgement for each stamp, in order. May throw where the engine fails, never because of a stamp. */
    List<Judgement> score(List<Stamp> stamps);

    /** What computed the scores last answered: cpu or cuda. */
    String executionProvider();

    /** Of the time of the last {@link #score}, what went into the runs of the model; below 0 where not measured. */
    default long modelNanos() {
        return -1;
    }

    @Override
    default void close() {}
}
