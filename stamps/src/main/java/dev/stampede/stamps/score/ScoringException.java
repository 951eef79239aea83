package dev.stampede.stamps.score;

/** The engine failed while it scored, or answered what is no probability; says nothing about the stamps. */
public final class ScoringException extends RuntimeException {
    ScoringException(String message) {
        super(message);
    }

    ScoringException(String message, Throwable cause) {
        super(message, cause);
    }
}
