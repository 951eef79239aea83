package dev.stampede.streaming.scoring;

/** The engine failed and the failure policy is to stop the stream. */
public final class EngineFailedException extends RuntimeException {
    EngineFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
