package dev.stampede.training.fit;

/** The loss of a fit became NaN; the message names the epoch and a remedy. */
public final class DivergedException extends RuntimeException {
    DivergedException(String message) {
        super(message);
    }
}
