package dev.stampede.streaming.scoring;

/** The engine failed while the stream ran, and the stream is not to go on without it. */
public final class EngineFailedException extends RuntimeException {
    EngineFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
