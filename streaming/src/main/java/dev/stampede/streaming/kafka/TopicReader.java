package dev.stampede.streaming.kafka;

import dev.stampede.streaming.settings.AlertTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the committed records of all partitions of some topics, without subscribing in a consumer group. Either follows
 * the topics from a position, or reads exact ranges of offsets. Not thread-safe.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration DISCOVERY = Duration.ofSeconds(30);
    private static final int TIMEOUT_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final @Nullable AlertTopics followed;
    private List<TopicPartition> partitions;
    private long nextDiscoveryNanos;

    TopicReader(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            @Nullable AlertTopics followed) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.followed = followed;
        this.nextDiscoveryNanos = System.nanoTime() + DISCOVERY.toNanos();
    }

    /**
     * Opens a reader that follows {@code topics}, positioned at their beginning.
     *
     * @param client the client configuration
     * @throws TopicReadException if a topic does not exist
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public static TopicReader open(Map<String, Object> client, Collection<String> topics) {
        return open(client, consumer -> topics, null);
    }

    /** The same; topics that match a pattern later are read from their beginning, within 30 s. */
    public static TopicReader open(Map<String, Object> client, AlertTopics topics) {
        return open(
                client,
                consumer ->
                        topics.isPattern() ? topics.readOf(consumer.listTopics().keySet()) : topics.names(),
                topics.isPattern() ? topics : null);
    }

    private static TopicReader open(
            Map<String, Object> client,
            Function<KafkaConsumer<?, ?>, Collection<String>> topics,
            @Nullable AlertTopics followed) {
        KafkaConsumer<byte[], byte[]> consumer = consumer(client, "earliest");
        boolean opened = false;
        try {
            List<TopicPartition> partitions = topics.apply(consumer).stream()
                    .flatMap(topic -> partitionsOf(consumer, topic).stream())
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            opened = true;
            return new TopicReader(consumer, partitions, followed);
        } finally {
            if (!opened) {
                consumer.close();
            }
        }
    }

    /** Opens a reader of ranges: see {@link #read}. It fails if retention removes a part of a range while it reads. */
    public static TopicReader ofRanges(Map<String, Object> client) {
        return new TopicReader(consumer(client, "none"), List.of(), null);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> client, String offsetReset) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, offsetReset);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.putIfAbsent(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(config, bytes, bytes);
    }

    private static List<TopicPartition> partitionsOf(
            org.apache.kafka.clients.consumer.Consumer<?, ?> consumer, String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new TopicReadException("The topic " + topic + " does not exist; create it, or name another");
        }
        return found.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** The partitions that it follows. */
    public List<TopicPartition> partitions() {
        return partitions;
    }

    /** Seeks to the current end of all partitions. */
    public void seekToEnd() {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // seeking is lazy: without this the end would be that of the first poll
    }

    public void seek(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
    }

    public long position(TopicPartition partition) {
        return consumer.position(partition);
    }

    /** The first available offset of each partition. */
    public Map<TopicPartition, Long> beginnings() {
        return consumer.beginningOffsets(partitions);
    }

    /** The offset after the last committed record of each partition. */
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /** Whether the position of every partition has reached {@code ends}. */
    public boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** The offsets that the group of the client configuration has committed; null where it has none. */
    public Map<TopicPartition, OffsetAndMetadata> committed() {
        return consumer.committed(new HashSet<>(partitions));
    }

    /** The group of the client configuration, for offsets that are committed in a transaction. */
    public ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    /** The next records; none if none arrives within 200 ms. */
    public ConsumerRecords<byte[], byte[]> poll() {
        return poll(POLL);
    }

    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        if (followed != null && System.nanoTime() - nextDiscoveryNanos >= 0) {
            nextDiscoveryNanos = System.nanoTime() + DISCOVERY.toNanos();
            discover();
        }
        if (followed != null && partitions.isEmpty()) { // Kafka refuses to poll nothing
            LockSupport.parkNanos(timeout.toNanos());
            return ConsumerRecords.empty();
        }
        return consumer.poll(timeout);
    }

    /** Follows the topics that match now; keeps the others if Kafka does not answer, or a topic is just being deleted. */
    void discover() {
        try {
            List<TopicPartition> now = Objects.requireNonNull(followed)
                    .readOf(consumer.listTopics().keySet())
                    .stream()
                    .flatMap(topic -> partitionsOf(consumer, topic).stream())
                    .toList();
            List<TopicPartition> created = now.stream()
                    .filter(partition -> !partitions.contains(partition))
                    .toList();
            if (!now.equals(partitions)) {
                consumer.assign(now);
                consumer.seekToBeginning(created);
                partitions = now;
            }
        } catch (RetriableException | TopicReadException e) {
            LOG.atWarn()
                    .addKeyValue("topics", followed)
                    .addKeyValue("retrySeconds", DISCOVERY.toSeconds())
                    .addKeyValue("cause", e.getMessage())
                    .log("Could not look for new topics; the known ones are read, retrying later");
        }
    }

    /**
     * Reads to the current end of the topics.
     *
     * @throws TopicReadException if that takes longer than {@code timeout}
     */
    public void readToEnd(Duration timeout, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<TopicPartition, Long> ends = ends();
        while (!hasReached(ends)) {
            poll().forEach(sink);
            if (System.nanoTime() > deadline) {
                throw new TopicReadException(
                        "Could not read to the end of " + partitions + " within " + timeout.toSeconds() + " s");
            }
        }
    }

    /** Whether the topic exists. */
    public boolean hasTopic(String topic) {
        return consumer.listTopics().containsKey(topic);
    }

    /** The ranges of all topics of {@code topics}, also of those that are too old, that have records in {@code times}. */
    public List<TopicRange> ranges(AlertTopics topics, TimeRange times) {
        List<String> names =
                topics.isPattern() ? topics.allOf(consumer.listTopics().keySet()) : topics.names();
        List<TopicRange> ranges =
                names.stream().map(topic -> range(topic, times)).toList();
        return topics.isPattern()
                ? ranges.stream().filter(range -> range.offsets() > 0).toList()
                : ranges;
    }

    /** The offsets of the records of {@code topic} whose timestamps are in {@code times}; up to the current end. */
    public TopicRange range(String topic, TimeRange times) {
        List<TopicPartition> all = partitionsOf(consumer, topic);
        consumer.assign(all); // without an assignment the consumer logs a warning for each answer
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        Map<TopicPartition, Long> starts = times.hasStart() ? offsetsFor(times.from(), ends) : beginnings;
        Map<TopicPartition, Long> stops = times.hasEnd() ? offsetsFor(times.to(), ends) : ends;
        List<OffsetRange> ranges = new ArrayList<>();
        for (TopicPartition partition : all) {
            long start = starts.getOrDefault(partition, 0L);
            long stop = Math.max(start, stops.getOrDefault(partition, 0L));
            ranges.add(new OffsetRange(partition.partition(), start, stop));
        }
        return new TopicRange(topic, ranges);
    }

    /** The first offset of each partition whose timestamp is not before {@code time}; otherwise its end. */
    private Map<TopicPartition, Long> offsetsFor(Instant time, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, time.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> offsets = new HashMap<>(ends);
        found.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.merge(partition, offset.offset(), Math::min);
            }
        });
        return offsets;
    }

    /**
     * Reads a range: partition by partition, each in offset order, so that a range always gives the same sequence.
     *
     * @throws TopicReadException if the topic no longer holds all of it, or no record arrives for 60 s
     */
    public void read(TopicRange topicRange, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        readUntil(() -> false, topicRange, sink);
    }

    /** Reads a range as {@link #read}, but only until {@code isComplete}, which is asked before each record. */
    public void readUntil(
            BooleanSupplier isComplete, TopicRange topicRange, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        for (OffsetRange range : topicRange.ranges()) {
            TopicPartition partition = new TopicPartition(topicRange.topic(), range.partition());
            if (range.from() < range.to() && !isComplete.getAsBoolean()) {
                consumer.assign(List.of(partition));
                requireAvailable(partition, range);
                consumer.seek(partition, range.from());
                read(partition, range.to(), isComplete, sink);
            }
        }
    }

    private void requireAvailable(TopicPartition partition, OffsetRange range) {
        List<TopicPartition> one = List.of(partition);
        long first = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        if (range.from() < first || range.to() > end) {
            throw new TopicReadException(partition + " holds the offsets " + first + " to " + end + ", not "
                    + range.from() + " to " + range.to() + "; records past their retention are deleted");
        }
    }

    private void read(
            TopicPartition partition,
            long to,
            BooleanSupplier isComplete,
            Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        long lastNanos = System.nanoTime();
        while (consumer.position(partition) < to) {
            ConsumerRecords<byte[], byte[]> records = poll();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() >= to || isComplete.getAsBoolean()) {
                    return;
                }
                sink.accept(record);
            }
            if (!records.isEmpty()) {
                lastNanos = System.nanoTime();
            } else if (System.nanoTime() - lastNanos > IDLE_TIMEOUT.toNanos()) {
                throw new TopicReadException("No record of " + partition + " arrived for " + IDLE_TIMEOUT.toSeconds()
                        + " s, at offset " + consumer.position(partition) + " of " + to + "; is the broker running?");
            }
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO)); // not behind a fetch, which waits for new records
    }
}
