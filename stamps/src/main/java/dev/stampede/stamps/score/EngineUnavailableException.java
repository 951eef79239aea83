package dev.stampede.stamps.score;

/** The required execution provider is not usable; the message says why and what to do. */
public final class EngineUnavailableException extends RuntimeException {
    EngineUnavailableException(String message) {
        super(message);
    }

    EngineUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
