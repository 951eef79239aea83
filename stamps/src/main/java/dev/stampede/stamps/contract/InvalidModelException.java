package dev.stampede.stamps.contract;

/** A file is not a model of Stampede; the message names the file or entry and the remedy. */
public final class InvalidModelException extends RuntimeException {
    public InvalidModelException(String message) {
        super(message);
    }

    public InvalidModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
