package dev.stampede.training.fetch;

/** A file could not be fetched; the message names it, the reason and what can be done. */
public final class FetchException extends RuntimeException {
    FetchException(String message) {
        super(message);
    }

    FetchException(String message, Throwable cause) {
        super(message, cause);
    }
}
