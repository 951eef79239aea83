package dev.stampede.streaming.kafka;

import dev.stampede.stamps.error.StampedeException;

/** A topic could not be read as requested. */
public final class TopicReadException extends StampedeException {
    public TopicReadException(String message) {
        super(message);
    }

    public TopicReadException(String message, Throwable cause) {
        super(message, cause);
    }
}
