package dev.stampede.training.fit;

import org.jspecify.annotations.Nullable;

/** A checkpoint cannot be gone on from; the message says why. */
public final class CheckpointException extends RuntimeException {
    CheckpointException(String message, @Nullable Throwable cause) {
        super(message + ".", cause);
    }
}
