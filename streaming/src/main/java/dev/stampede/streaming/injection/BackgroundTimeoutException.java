package dev.stampede.streaming.injection;

import dev.stampede.stamps.error.StampedeException;

/** No background arrived in time. */
public final class BackgroundTimeoutException extends StampedeException {
    BackgroundTimeoutException(String message) {
        super(message);
    }
}
