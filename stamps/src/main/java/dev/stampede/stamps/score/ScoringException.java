package dev.stampede.stamps.score;

/** The engine failed while it scored; says nothing about the stamps. */
public final class ScoringException extends RuntimeException {
    ScoringException(String message, Throwable cause) {
        super(message, cause);
    }
}
