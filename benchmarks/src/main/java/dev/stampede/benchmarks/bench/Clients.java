package dev.stampede.benchmarks.bench;

import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What sends the alerts of a measurement. */
final class Clients {
    /** Longer than a broker takes to start again on a machine that has much else to do. */
    private static final int PATIENCE_MILLIS = 300_000;

    private Clients() {}

    /** An idempotent producer that waits for acknowledgement; {@code lingerMillis} is how long a batch may fill. */
    static KafkaProducer<byte[], byte[]> producer(String brokers, int lingerMillis) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        brokers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        lingerMillis,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 << 10,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        2 << 20,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        PATIENCE_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        PATIENCE_MILLIS),
                bytes,
                bytes);
    }
}
