package dev.stampede.streaming.command;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.topology.Right;
import dev.stampede.streaming.topology.Rights;
import dev.stampede.streaming.topology.TopicCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of every partition of a topic, without a share in it. One thread. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int TIMEOUT_MILLIS = 10_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    private TopicReader(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    /**
     * A reader of {@code topic} that is at its beginning.
     *
     * @param extra settings of the consumer beyond those
     * @throws CommandFailure if Kafka does not answer or has no such topic
     */
    static TopicReader of(KafkaOptions kafka, String topic, Map<String, Object> extra) {
        Map<String, Object> config = kafka.client();
        int count = TopicCheck.demand(config, Rights.of(Right.toRead(topic))).getOrDefault(topic, 0);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.putAll(extra);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes);
        List<TopicPartition> partitions = IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return new TopicReader(consumer, partitions);
    }

    KafkaConsumer<byte[], byte[]> consumer() {
        return consumer;
    }

    List<TopicPartition> partitions() {
        return partitions;
    }

    /** Goes to where the topic ends now. */
    void skipToEnd() {
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // it is lazy: else "now" would be the first poll
    }

    /** What has come, waiting a little. */
    ConsumerRecords<byte[], byte[]> poll() {
        return consumer.poll(POLL);
    }

    /** Whether it has come as far as {@code ends}. */
    boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** The exception in a sentence; of a right that is lacking among {@code rights}, with what to do. */
    static CommandFailure failed(String what, KafkaException failure, Rights rights) {
        return CommandFailure.failed("Cannot " + what + ": "
                + rights.lackedBy(failure).orElseGet(() -> String.valueOf(failure.getMessage())));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
