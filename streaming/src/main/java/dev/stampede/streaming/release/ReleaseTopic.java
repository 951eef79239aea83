package dev.stampede.streaming.release;

import dev.stampede.stamps.terminal.CommandFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topic of models from its beginning on, without a group: every reader sees every release. One thread. */
public final class ReleaseTopic implements AutoCloseable {
    private static final Duration TURN = Duration.ofMillis(200);
    private static final Duration TO_THE_END = Duration.ofSeconds(30);
    private static final int TIMEOUT_MILLIS = 10_000;

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;

    private ReleaseTopic(String topic, KafkaConsumer<byte[], byte[]> consumer) {
        this.topic = topic;
        this.consumer = consumer;
        partition = new TopicPartition(topic, 0);
    }

    /**
     * A reader at the beginning.
     *
     * @param client the configuration of a client of Kafka
     * @throws CommandFailure if the topic is away, or has an order in none but each of its partitions
     */
    public static ReleaseTopic open(Map<String, Object> client, String topic) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        ReleaseTopic reader = new ReleaseTopic(topic, new KafkaConsumer<>(config, bytes, bytes));
        boolean opened = false;
        try {
            reader.begin();
            opened = true;
            return reader;
        } catch (KafkaException e) {
            throw failed(topic, e);
        } finally {
            if (!opened) {
                reader.close();
            }
        }
    }

    private void begin() {
        int partitions = consumer.partitionsFor(topic).size();
        if (partitions != 1) {
            throw CommandFailure.failed("The topic " + topic + " has " + partitions
                    + " partitions: what was released last is known only in one; make it anew with one partition and"
                    + " cleanup.policy=compact");
        }
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
    }

    /**
     * All that the topic says now. What cannot be read is left out.
     *
     * @throws CommandFailure if Kafka does not answer
     */
    public static Releases read(Map<String, Object> client, String topic) {
        try (ReleaseTopic reader = open(client, topic)) {
            Releases releases = new Releases();
            reader.readToEnd(record -> {
                try {
                    releases.add(record);
                } catch (UnreadableReleaseException e) {
                    // running instances tell of it
                }
            });
            return releases;
        }
    }

    /**
     * Reads on to where the topic ends now.
     *
     * @throws CommandFailure if Kafka does not answer
     */
    void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        long deadline = System.nanoTime() + TO_THE_END.toNanos();
        try {
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                poll().forEach(each);
                if (System.nanoTime() > deadline) {
                    throw CommandFailure.failed("The releases of " + topic + " could not be read to their end within "
                            + TO_THE_END.toSeconds() + " s");
                }
            }
        } catch (KafkaException e) {
            throw failed(topic, e);
        }
    }

    private static CommandFailure failed(String topic, KafkaException failure) {
        return CommandFailure.failed("Cannot read the releases of " + topic + ": " + failure.getMessage());
    }

    /** What has come, waiting a little. */
    Iterable<ConsumerRecord<byte[], byte[]>> poll() {
        return consumer.poll(TURN);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
