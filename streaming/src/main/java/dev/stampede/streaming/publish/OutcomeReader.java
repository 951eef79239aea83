package dev.stampede.streaming.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads every committed record of some topics, from their beginning to where they end at last, on a thread of its own. */
public final class OutcomeReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int MAX_POLL_RECORDS = 5000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Book book;
    private final Thread thread;
    private volatile boolean ending;
    private volatile @Nullable Exception failure;

    /** What becomes of each record; on the thread of the reader. */
    @FunctionalInterface
    public interface Book {
        /** May throw where the record cannot be read, which ends the reading. */
        void enter(ConsumerRecord<byte[], byte[]> outcome) throws IOException;
    }

    private OutcomeReader(KafkaConsumer<byte[], byte[]> consumer, Book book) {
        this.consumer = consumer;
        this.book = book;
        this.thread = new Thread(this::run, "outcome-reader");
    }

    /** Starts to read {@code topics} of {@code brokers}, which must be there. */
    public static OutcomeReader start(String brokers, List<String> topics, Book book) {
        OutcomeReader reader = new OutcomeReader(consumer(brokers, topics), book);
        reader.thread.setDaemon(true);
        reader.thread.start();
        return reader;
    }

    /** A consumer of what is committed in {@code topics}, at their beginning. */
    public static KafkaConsumer<byte[], byte[]> consumer(String brokers, List<String> topics) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        Map<String, Object> config = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                IsolationLevel.READ_COMMITTED.name().toLowerCase(Locale.ROOT),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                MAX_POLL_RECORDS);
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes);
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private void run() {
        try (consumer) {
            while (!ending) {
                poll();
            }
            // Nothing writes any more: what is committed now is all there will ever be.
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                poll();
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void poll() throws IOException {
        for (ConsumerRecord<byte[], byte[]> outcome : consumer.poll(POLL)) {
            book.enter(outcome);
        }
    }

    /** Why it stopped before its time; empty where it did not. */
    public Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /** Reads to the end and answers whether it got there in time. Call it once nothing writes any more. */
    public boolean finish(Duration atMost) throws InterruptedException {
        ending = true;
        thread.join(atMost.toMillis());
        return !thread.isAlive();
    }

    /** Lets it read to the end of what is there by now, without waiting for that. */
    @Override
    public void close() {
        ending = true;
    }
}
