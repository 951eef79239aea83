package dev.stampede.streaming.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends records to one topic. Thread-safe. */
public final class TopicSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSender.class);
    private static final int BLOCK_MILLIS = 10_000;
    private static final int DELIVERY_MILLIS = 30_000;
    private static final int BATCH_BYTES = 256 << 10;
    private static final int MAX_REQUEST_BYTES = 65 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private volatile @Nullable Exception failure;

    private TopicSender(KafkaProducer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /** Opens a sender to {@code topic}; {@code client} is the client configuration. */
    public static TopicSender open(Map<String, Object> client, String topic) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new TopicSender(new KafkaProducer<>(config(client), bytes, bytes), topic);
    }

    /** A producer configuration that reports within half a minute that Kafka does not answer. */
    public static Map<String, Object> config(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, BLOCK_MILLIS);
        config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        return config;
    }

    /**
     * Sends a record without waiting for it.
     *
     * @throws TopicWriteException if this or an earlier record was not stored
     */
    public void send(String key, byte @Nullable [] value) {
        try {
            enqueue(key, value, (stored, cause) -> {
                if (cause != null) {
                    failure = cause;
                }
            });
        } catch (KafkaException e) {
            throw failed(e);
        }
        requireNoFailure();
    }

    /** Sends a record that may be lost: a failure is logged. */
    public void sendBestEffort(String key, byte[] value) {
        enqueue(key, value, (stored, cause) -> {
            if (cause != null) {
                LOG.atWarn()
                        .setMessage("A record was not stored")
                        .addKeyValue("topic", topic)
                        .setCause(cause)
                        .log();
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback handles failures
    private void enqueue(String key, byte @Nullable [] value, Callback callback) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value), callback);
    }

    /**
     * Sends a record, waits until it is stored and returns its offset.
     *
     * @throws TopicWriteException if it is not stored
     */
    public long sendAndWait(String key, byte[] value) {
        try {
            return producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value))
                    .get(DELIVERY_MILLIS + BLOCK_MILLIS, TimeUnit.MILLISECONDS)
                    .offset();
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    /**
     * Waits until all records are stored.
     *
     * @throws TopicWriteException if one is not
     */
    public void flush() {
        producer.flush();
        requireNoFailure();
    }

    private void requireNoFailure() {
        Exception cause = failure;
        if (cause != null) {
            throw failed(cause);
        }
    }

    private TopicWriteException failed(Throwable cause) {
        return new TopicWriteException(
                "Kafka did not store a record of " + topic + ": "
                        + AccessRights.of(AccessRight.toWrite(topic))
                                .missingFrom(cause)
                                .orElseGet(() -> String.valueOf(cause.getMessage())),
                cause);
    }

    /** Discards the records that {@link #flush} has not waited for. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
