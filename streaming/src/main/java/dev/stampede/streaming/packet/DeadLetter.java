package dev.stampede.streaming.packet;

/**
 * A value that could not be read.
 *
 * @param error why, as a class
 * @param message why, in words
 */
public record DeadLetter(ErrorClass error, String message) implements Packet {
    /** The longest message: enough to tell the cause, too little to flood a header. */
    private static final int MAX_MESSAGE = 300;

    static DeadLetter of(ErrorClass error, String message) {
        return new DeadLetter(error, message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE));
    }

    /** Avro meets corrupt bytes with exceptions of many kinds, from EOFException to IndexOutOfBounds. */
    static DeadLetter corrupt(Exception cause) {
        return of(ErrorClass.CORRUPT_AVRO, cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }
}
