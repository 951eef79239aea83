package dev.stampede.streaming.release;

import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.kafka.TopicReadException;
import dev.stampede.streaming.kafka.TopicReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** Reads the models topic from its beginning, without a consumer group: every reader sees every release. One thread. */
public final class ReleaseTopic implements AutoCloseable {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

    private final String topic;
    private final TopicReader reader;

    private ReleaseTopic(String topic, TopicReader reader) {
        this.topic = topic;
        this.reader = reader;
    }

    /**
     * Opens a reader at the beginning.
     *
     * @param client the client configuration
     * @throws TopicReadException if the topic cannot be read, or does not have exactly one partition
     */
    public static ReleaseTopic open(Map<String, Object> client, String topic) {
        TopicReader reader;
        try {
            reader = TopicReader.open(client, List.of(topic));
        } catch (KafkaException e) {
            throw failed(topic, e);
        }
        int partitions = reader.partitions().size();
        if (partitions != 1) {
            reader.close();
            throw new TopicReadException("The topic " + topic + " has " + partitions
                    + " partitions; releases are ordered only within one partition: create it again with one partition"
                    + " and cleanup.policy=compact");
        }
        return new ReleaseTopic(topic, reader);
    }

    /**
     * All current releases, without the records that cannot be decoded.
     *
     * @throws TopicReadException if the topic cannot be read
     */
    public static Releases read(Map<String, Object> client, String topic) {
        try (ReleaseTopic reader = open(client, topic)) {
            Releases releases = new Releases();
            reader.readToEnd(record -> {
                try {
                    releases.add(record);
                } catch (UnreadableReleaseException e) {
                    // running streams report it
                }
            });
            return releases;
        }
    }

    /**
     * Reads to the current end.
     *
     * @throws TopicReadException if the topic cannot be read
     */
    void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        try {
            reader.readToEnd(READ_TIMEOUT, sink);
        } catch (KafkaException e) {
            throw failed(topic, e);
        }
    }

    private static TopicReadException failed(String topic, KafkaException cause) {
        return new TopicReadException("Cannot read the releases of " + topic + ": " + FailureReason.of(cause), cause);
    }

    /** The next records; none if none arrives in a short time. */
    Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        return reader.poll();
    }

    @Override
    public void close() {
        reader.close();
    }
}
