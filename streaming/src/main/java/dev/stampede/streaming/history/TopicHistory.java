package dev.stampede.streaming.history;

import dev.stampede.stamps.terminal.CommandFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads committed records that are on topics already: one partition after the other, each in the order of its offsets,
 * so that the same range always gives the same records in the same order. One thread.
 */
public final class TopicHistory implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TIMEOUT_MILLIS = 10_000;

    private final KafkaConsumer<byte[], byte[]> consumer;

    private TopicHistory(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** A reader; {@code client} is the configuration of a client of Kafka. */
    public static TopicHistory open(Map<String, Object> client) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        return new TopicHistory(new KafkaConsumer<>(config, bytes, bytes));
    }

    /** Whether there is such a topic. */
    public boolean has(String topic) {
        return consumer.listTopics().containsKey(topic);
    }

    /**
     * What came to {@code topic} between two moments, by the timestamps of the records: from the first that is not before
     * {@code from} to the first that is not before {@code to}.
     *
     * @param from empty for the first that is kept
     * @param to empty for all that is committed now
     */
    public TopicRange between(String topic, Optional<Instant> from, Optional<Instant> to) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions); // or it warns of each answer
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> starts = offsets(from, partitions, beginnings, ends);
        Map<TopicPartition, Long> stops = offsets(to, partitions, ends, ends);
        List<Stretch> stretches = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            long start = starts.getOrDefault(partition, 0L);
            stretches.add(
                    new Stretch(partition.partition(), start, Math.max(start, stops.getOrDefault(partition, 0L))));
        }
        return new TopicRange(topic, stretches);
    }

    /** The offset of the moment in each partition: that of {@code always} without one, of {@code end} where none is so late. */
    private Map<TopicPartition, Long> offsets(
            Optional<Instant> moment,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> always,
            Map<TopicPartition, Long> end) {
        if (moment.isEmpty()) {
            return always;
        }
        Map<TopicPartition, Long> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, moment.get().toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(asked);
        Map<TopicPartition, Long> offsets = new HashMap<>(end);
        found.forEach((partition, offset) -> {
            if (offset != null) {
                // Beyond the end of what is committed nothing is read.
                offsets.merge(partition, offset.offset(), Math::min);
            }
        });
        return offsets;
    }

    /**
     * Hands every record of {@code range} to {@code book}.
     *
     * @throws CommandFailure if the topic does not hold all of it any more, or Kafka stops answering
     */
    public void read(TopicRange range, Consumer<ConsumerRecord<byte[], byte[]>> book) {
        for (Stretch stretch : range.stretches()) {
            TopicPartition partition = new TopicPartition(range.topic(), stretch.partition());
            if (stretch.from() < stretch.to()) {
                consumer.assign(List.of(partition));
                demand(partition, stretch);
                consumer.seek(partition, stretch.from());
                read(partition, stretch.to(), book);
            }
        }
    }

    private void demand(TopicPartition partition, Stretch stretch) {
        List<TopicPartition> one = List.of(partition);
        long first = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        if (stretch.from() < first || stretch.to() > end) {
            throw CommandFailure.failed(partition + " holds the offsets " + first + " to " + end + ", not "
                    + stretch.from() + " to " + stretch.to() + "; what is past its retention is gone");
        }
    }

    private void read(TopicPartition partition, long to, Consumer<ConsumerRecord<byte[], byte[]>> book) {
        long lastNanos = System.nanoTime();
        while (consumer.position(partition) < to) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() >= to) {
                    return;
                }
                book.accept(record);
            }
            if (!records.isEmpty()) {
                lastNanos = System.nanoTime();
            } else if (System.nanoTime() - lastNanos > PATIENCE.toNanos()) {
                throw CommandFailure.failed("Kafka sent nothing of " + partition + " for " + PATIENCE.toSeconds()
                        + " s, at offset " + consumer.position(partition) + " of " + to + "; is the broker up?");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
