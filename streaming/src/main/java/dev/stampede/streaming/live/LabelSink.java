package dev.stampede.streaming.live;

import dev.stampede.schemas.Label;
import java.io.IOException;

/** Takes the labels that are given on the page. Thread-safe. */
@FunctionalInterface
public interface LabelSink {
    /**
     * Takes one, and answers once it is stored.
     *
     * @throws IOException if it is not stored
     */
    void put(Label label) throws IOException;
}
