package dev.stampede.streaming.scoring;

import java.util.List;

/** Makes outcomes of the values of a poll; one instance a thread. */
public interface PollScorer extends AutoCloseable {
    /**
     * One outcome for each value, in order; a value may be null. Throws only what says nothing about a value, such as a
     * failure of the engine.
     */
    List<Outcome> score(List<byte[]> values);

    @Override
    void close();
}
