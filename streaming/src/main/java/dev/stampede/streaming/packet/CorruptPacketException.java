package dev.stampede.streaming.packet;

/** Bytes that cannot be unpacked; becomes a dead letter of its class. */
final class CorruptPacketException extends Exception {
    private final ErrorClass error;

    CorruptPacketException(ErrorClass error, String message) {
        super(message);
        this.error = error;
    }

    ErrorClass error() {
        return error;
    }
}
