package dev.stampede.streaming.kafka;

import dev.stampede.stamps.error.StampedeException;

/** Kafka is unreachable, a topic is missing or a right is not granted; the message says what to do. */
public final class TopicCheckException extends StampedeException {
    TopicCheckException(String message) {
        super(message);
    }
}
