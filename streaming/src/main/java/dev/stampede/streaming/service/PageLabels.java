package dev.stampede.streaming.service;

import dev.stampede.streaming.kafka.TopicSender;
import dev.stampede.streaming.kafka.TopicWriteException;
import dev.stampede.streaming.live.LabelSink;
import dev.stampede.streaming.settings.StreamKeys;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends the labels of the live page, if it accepts any, to their topic, each at once. Thread-safe. */
final class PageLabels implements AutoCloseable {
    private final @Nullable TopicSender sender;

    private PageLabels(@Nullable TopicSender sender) {
        this.sender = sender;
    }

    static PageLabels of(StreamSettings settings) {
        return new PageLabels(
                settings.get(StreamKeys.PAGE_LABELS)
                        ? TopicSender.open(settings.clientConfig(), settings.get(StreamKeys.TOPIC_LABELS))
                        : null);
    }

    /** Where labels go; empty if the page accepts none. */
    Optional<LabelSink> sink() {
        return Optional.ofNullable(sender).map(open -> label -> {
            try {
                open.sendAndWait(label.getAlertId(), SingleObject.write(label));
            } catch (TopicWriteException e) {
                throw new IOException(e.getMessage(), e);
            }
        });
    }

    @Override
    public void close() {
        if (sender != null) {
            sender.close();
        }
    }
}
