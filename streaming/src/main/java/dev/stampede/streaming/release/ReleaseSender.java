package dev.stampede.streaming.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.packet.SingleObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes releases to their topic, one after the other. */
public final class ReleaseSender {
    private static final int BLOCK_MILLIS = 10_000;
    private static final int DELIVERY_MILLIS = 30_000;
    private static final int MAX_REQUEST_BYTES = 65 << 20;

    private ReleaseSender() {}

    /**
     * The offset of the first of {@code releases}, once all are stored.
     *
     * @param client the configuration of a client of Kafka
     * @throws CommandFailure if Kafka does not take one
     */
    public static long send(Map<String, Object> client, String topic, List<ModelRelease> releases) {
        Map<String, Object> config = new HashMap<>(client);
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, BLOCK_MILLIS);
        config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        ByteArraySerializer bytes = new ByteArraySerializer();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes)) {
            long first = -1;
            for (ModelRelease release : releases) {
                long offset = store(producer, topic, release);
                first = first < 0 ? offset : first;
            }
            return first;
        } catch (ExecutionException e) {
            throw refused(topic, e);
        } catch (TimeoutException | KafkaException e) {
            throw refused(topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(topic, e);
        }
    }

    private static long store(KafkaProducer<byte[], byte[]> producer, String topic, ModelRelease release)
            throws ExecutionException, InterruptedException, TimeoutException {
        byte[] key = release.getSha256().getBytes(UTF_8);
        return producer.send(new ProducerRecord<>(topic, 0, key, SingleObject.write(release)))
                .get(DELIVERY_MILLIS + BLOCK_MILLIS, TimeUnit.MILLISECONDS)
                .offset();
    }

    private static CommandFailure refused(String topic, Throwable cause) {
        return CommandFailure.failed("Kafka did not take a release for " + topic + ": "
                + (cause.getCause() == null ? cause : cause.getCause()).getMessage());
    }
}
