package dev.stampede.streaming.packet;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.wire.ErrorClass;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A record, or one alert of a record with several, that cannot be decoded.
 *
 * @param message describes the cause
 * @param alone a container file with that alert alone; empty if nothing of the record can be decoded
 */
public record DeadLetter(ErrorClass error, String message, Optional<ByteBuffer> alone) implements Decoded {
    /** The maximum length of a message in a header. */
    private static final int MAX_MESSAGE = 300;

    /** Of a whole record. */
    public DeadLetter(ErrorClass error, String message) {
        this(error, message, Optional.empty());
    }

    /** The same for one alert of several. */
    DeadLetter ofPart(byte[] container) {
        return new DeadLetter(
                error, message, Optional.of(ByteBuffer.wrap(container).asReadOnlyBuffer()));
    }

    static DeadLetter of(ErrorClass error, String message) {
        return new DeadLetter(error, message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE));
    }

    /** Avro reports corrupt bytes by many exceptions, from EOFException to IndexOutOfBoundsException. */
    static DeadLetter corrupt(Exception cause) {
        return of(ErrorClass.CORRUPT_AVRO, FailureReason.of(cause));
    }
}
