package dev.stampede.training.dataset;

/** Labelled stamps cannot be used; the message names the file, the problem and the remedy. */
public final class InvalidDataException extends RuntimeException {
    public InvalidDataException(String message) {
        super(message);
    }

    public InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
