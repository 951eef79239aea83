package dev.stampede.stamps.score;

/** The model file can be read but does not do what its contract says; the message names the check that failed. */
public final class UnprovenModelException extends RuntimeException {
    UnprovenModelException(String message) {
        super(message);
    }

    UnprovenModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
