package dev.stampede.training.fit;

/** A fit came to a loss that is not a number; the message says when, and what may help. */
public final class DivergedException extends RuntimeException {
    DivergedException(String message) {
        super(message);
    }
}
