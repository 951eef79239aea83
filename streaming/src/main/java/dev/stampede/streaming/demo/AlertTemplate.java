package dev.stampede.streaming.demo;

import org.jspecify.annotations.Nullable;

/**
 * A record of the demo that can be sent any number of times, each time with another alert id.
 *
 * @param kind decides the expected outcome
 * @param signalToNoise the S/N of a point source; NaN for all other kinds
 * @param encoder makes the value of a record
 */
record AlertTemplate(Kind kind, double signalToNoise, Encoder encoder) {
    /** What a template contains. */
    enum Kind {
        /** A point source. */
        REAL,
        /** Any other stamp that can be scored. */
        BOGUS,
        /** An alert that can be decoded, but on whose stamp the model abstains. */
        UNUSABLE,
        /** Bytes that cannot be decoded. */
        GARBAGE
    }

    /** Makes the value of a record. */
    @FunctionalInterface
    interface Encoder {
        byte @Nullable [] encode(String alertId);
    }
}
