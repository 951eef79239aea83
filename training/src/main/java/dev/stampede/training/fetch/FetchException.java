package dev.stampede.training.fetch;

/** A file could not be downloaded; the message names the file, the reason and the remedy. */
public final class FetchException extends RuntimeException {
    FetchException(String message, Throwable cause) {
        super(message, cause);
    }
}
