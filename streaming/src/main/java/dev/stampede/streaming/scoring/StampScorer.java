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

    @Override
    default void close() {}
}
