package dev.stampede.streaming.monitor;

import dev.stampede.stamps.error.StampedeException;

/** The HTTP server cannot start; the message names its address. */
public final class HttpServerException extends StampedeException {
    HttpServerException(String message) {
        super(message);
    }
}
