package dev.stampede.stamps.score;

/** The engine failed or returned a value that is not a probability; independent of the stamps. */
public final class ScoringException extends RuntimeException {
    ScoringException(String message) {
        super(message);
    }

    ScoringException(String message, Throwable cause) {
        super(message, cause);
    }
}
