package dev.stampede.streaming.packet;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.wire.ErrorClass;

/**
 * A record that cannot be decoded.
 *
 * @param message describes the cause
 */
public record DeadLetter(ErrorClass error, String message) implements Decoded {
    /** The maximum length of a message in a header. */
    private static final int MAX_MESSAGE = 300;

    static DeadLetter of(ErrorClass error, String message) {
        return new DeadLetter(error, message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE));
    }

    /** Avro reports corrupt bytes by many exceptions, from EOFException to IndexOutOfBoundsException. */
    static DeadLetter corrupt(Exception cause) {
        return of(ErrorClass.CORRUPT_AVRO, FailureReason.of(cause));
    }
}
