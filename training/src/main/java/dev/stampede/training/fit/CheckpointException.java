package dev.stampede.training.fit;

import org.jspecify.annotations.Nullable;

/** A fit cannot resume from a checkpoint; the message says why. */
public final class CheckpointException extends RuntimeException {
    CheckpointException(String message, @Nullable Throwable cause) {
        super(message + ".", cause);
    }
}
