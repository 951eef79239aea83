package dev.stampede.streaming.broker;

import dev.stampede.stamps.error.StampedeException;

/** An embedded broker cannot start or create topics. */
public final class BrokerException extends StampedeException {
    BrokerException(String message) {
        super(message);
    }
}
