package dev.stampede.streaming.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.topology.Right;
import dev.stampede.streaming.topology.Rights;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends values to one topic, and stops at the first that Kafka refuses. One thread. */
final class Sender implements AutoCloseable {
    private static final int BLOCK_MILLIS = 10_000;
    private static final int DELIVERY_MILLIS = 30_000;
    private static final int BATCH_BYTES = 256 << 10;
    private static final int MAX_REQUEST_BYTES = 65 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private volatile @Nullable Exception refusal;

    private Sender(KafkaProducer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** One to {@code topic}; {@code client} is the configuration of a client of Kafka. */
    static Sender to(Map<String, Object> client, String topic) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new Sender(new KafkaProducer<>(config(client), bytes, bytes), topic);
    }

    /** How a producer is set that must say within half a minute that Kafka is away. */
    static Map<String, Object> config(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, BLOCK_MILLIS);
        config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        return config;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells of a failure
    void send(String key, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value), (stored, failure) -> {
                if (failure != null) {
                    refusal = failure;
                }
            });
        } catch (KafkaException e) {
            throw failed(e);
        }
        demandNoRefusal();
    }

    /** Waits until all is stored. */
    void flush() {
        producer.flush();
        demandNoRefusal();
    }

    private void demandNoRefusal() {
        Exception failure = refusal;
        if (failure != null) {
            throw failed(failure);
        }
    }

    private CommandFailure failed(Exception failure) {
        return CommandFailure.failed("Kafka did not take a record for " + topic + ": "
                + Rights.of(Right.toWrite(topic))
                        .lackedBy(failure)
                        .orElseGet(() -> String.valueOf(failure.getMessage())));
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ZERO); // what flush() has not waited for is given up
    }
}
