package dev.stampede.streaming.service;

import dev.stampede.stamps.error.StampedeException;
import org.jspecify.annotations.Nullable;

/** A running stream has stopped by itself. */
public final class StreamFailedException extends StampedeException {
    StreamFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
