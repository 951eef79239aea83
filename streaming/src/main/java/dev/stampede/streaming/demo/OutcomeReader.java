package dev.stampede.streaming.demo;

import dev.stampede.schemas.Classification;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.topology.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads every committed outcome back and books it, on a thread of its own. */
final class OutcomeReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Topics topics;
    private final Ledger ledger;
    private final Gallery gallery;
    private final Thread thread;
    private volatile boolean ending;
    private volatile @Nullable Exception failure;

    private OutcomeReader(String brokers, Topics topics, Ledger ledger, Gallery gallery) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                IsolationLevel.READ_COMMITTED.name().toLowerCase(Locale.ROOT),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5000);
        this.consumer = new KafkaConsumer<>(config, bytes, bytes);
        this.topics = topics;
        this.ledger = ledger;
        this.gallery = gallery;
        this.thread = new Thread(this::run, "outcome-reader");
    }

    static OutcomeReader start(String brokers, Topics topics, Ledger ledger, Gallery gallery) {
        OutcomeReader reader = new OutcomeReader(brokers, topics, ledger, gallery);
        List<TopicPartition> partitions = List.of(topics.classifications(), topics.deadLetters()).stream()
                .flatMap(topic -> reader.consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        reader.consumer.assign(partitions);
        reader.consumer.seekToBeginning(partitions);
        reader.thread.setDaemon(true);
        reader.thread.start();
        return reader;
    }

    private void run() {
        try (consumer) {
            while (!ending) {
                poll();
            }
            // The stream is closed: what is committed now is all there will ever be.
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                poll();
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void poll() throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            long number = AlertNumber.of(record.key());
            if (record.topic().equals(topics.deadLetters())) {
                ledger.buried(number);
            } else {
                Classification classification = SingleObject.readClassification(record.value());
                long age = System.currentTimeMillis()
                        - classification.getIngestTime().toEpochMilli();
                ledger.classified(number, classification.getVerdict(), age);
                gallery.add(number, classification);
            }
        }
    }

    /** Why it stopped before its time, where it did. */
    @Nullable
    Exception failure() {
        return failure;
    }

    /** Reads what is committed by now to its end, and stops. Call it once the stream is closed. */
    @Override
    public void close() {
        ending = true;
        try {
            thread.join(Duration.ofSeconds(20).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
