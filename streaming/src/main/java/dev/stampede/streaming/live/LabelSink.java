package dev.stampede.streaming.live;

import dev.stampede.schemas.Label;
import java.io.IOException;

/** Stores the labels of the page. Thread-safe. */
@FunctionalInterface
public interface LabelSink {
    /**
     * Returns when the label is stored.
     *
     * @throws IOException if it is not stored
     */
    void put(Label label) throws IOException;
}
