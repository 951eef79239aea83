package dev.stampede.stamps.score;

/** The model file is readable but violates its contract; the message names the failed check. */
public final class ModelVerificationException extends RuntimeException {
    ModelVerificationException(String message) {
        super(message);
    }

    ModelVerificationException(String message, Throwable cause) {
        super(message, cause);
    }
}
