package dev.stampede.streaming.kafka;

import dev.stampede.stamps.error.StampedeException;

/** A topic could not be written. */
public final class TopicWriteException extends StampedeException {
    public TopicWriteException(String message, Throwable cause) {
        super(message, cause);
    }
}
