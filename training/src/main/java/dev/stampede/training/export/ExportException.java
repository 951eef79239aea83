package dev.stampede.training.export;

/** A network cannot be exported; the message says what failed. No file is left behind. */
public final class ExportException extends RuntimeException {
    ExportException(String message) {
        super(message);
    }

    ExportException(String message, Throwable cause) {
        super(message, cause);
    }
}
