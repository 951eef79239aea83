package dev.stampede.stamps.score;

/** The execution provider that was asked for is not usable here; the message says why and what to do. */
public final class EngineUnavailableException extends RuntimeException {
    EngineUnavailableException(String message) {
        super(message);
    }

    EngineUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
