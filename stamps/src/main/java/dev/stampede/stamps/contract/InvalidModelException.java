package dev.stampede.stamps.contract;

/**
 * A file is not a model of this version of Stampede; the message names the file or the entry that is absent or
 * invalid, and the remedy.
 */
public final class InvalidModelException extends RuntimeException {
    public InvalidModelException(String message) {
        super(message);
    }

    public InvalidModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
