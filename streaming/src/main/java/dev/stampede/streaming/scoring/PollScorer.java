package dev.stampede.streaming.scoring;

import java.util.List;

/** Turns the values of a poll into outcomes; one instance per thread. */
public interface PollScorer extends AutoCloseable {
    /**
     * One outcome for each value, in order; a value may be null. Throws only for reasons independent of a value, such as
     * a failure of the engine.
     */
    List<Outcome> score(List<byte[]> values);

    @Override
    void close();
}
