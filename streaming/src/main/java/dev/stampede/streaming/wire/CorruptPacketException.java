package dev.stampede.streaming.wire;

/** A packet cannot be unpacked; it becomes a dead letter with this error class. */
public final class CorruptPacketException extends Exception {
    private final ErrorClass error;

    CorruptPacketException(ErrorClass error, String message) {
        super(message);
        this.error = error;
    }

    public ErrorClass error() {
        return error;
    }
}
