package dev.stampede.streaming.demo;

import org.jspecify.annotations.Nullable;

/**
 * A message of the demo that can be sent any number of times, each time under another alert id.
 *
 * @param kind what it is, and so what must become of it
 * @param signalToNoise the S/N of a point source; NaN for all else
 * @param form how it becomes the value of a record
 */
record Specimen(Kind kind, double signalToNoise, Form form) {
    /** What a specimen is. */
    enum Kind {
        /** A point source. */
        REAL,
        /** Something else that can be judged. */
        BOGUS,
        /** An alert that can be read, not judged. */
        UNUSABLE,
        /** Bytes that are no alert. */
        GARBAGE
    }

    /** Makes the value of a record. */
    @FunctionalInterface
    interface Form {
        byte @Nullable [] valueFor(String alertId);
    }
}
