package dev.stampede.streaming.demo;

import dev.stampede.stamps.error.StampedeException;

/** A demo could not start, or a part of it failed. */
public final class DemoException extends StampedeException {
    DemoException(String message) {
        super(message);
    }
}
