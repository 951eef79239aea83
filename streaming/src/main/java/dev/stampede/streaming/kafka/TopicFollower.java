package dev.stampede.streaming.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads every committed record of some topics on a separate thread, from their beginning until it is closed. */
public final class TopicFollower implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * A broker without a connection to the others still answers its consumers, without new records: they find its successor
     * when their metadata expires, by default after five minutes.
     */
    private static final int METADATA_MAX_AGE_MILLIS = 5000;

    private final TopicReader reader;
    private final RecordHandler handler;
    private final Thread thread;
    private volatile boolean ending;
    private volatile @Nullable Exception failure;

    /** Handles each record, on the reading thread. */
    @FunctionalInterface
    public interface RecordHandler {
        /** An exception ends the reading. */
        void handle(ConsumerRecord<byte[], byte[]> record) throws IOException;
    }

    private TopicFollower(TopicReader reader, RecordHandler handler) {
        this.reader = reader;
        this.handler = handler;
        this.thread = new Thread(this::run, "topic-follower");
    }

    /** Starts to read {@code topics}, which must exist. */
    public static TopicFollower start(String brokers, List<String> topics, RecordHandler handler) {
        TopicFollower follower = new TopicFollower(open(brokers, topics), handler);
        follower.thread.setDaemon(true);
        follower.thread.start();
        return follower;
    }

    /** A reader with large polls and Kafka's default timeouts, which outlast the restart of a broker. */
    public static TopicReader open(String brokers, List<String> topics) {
        Map<String, Object> client = new HashMap<>();
        client.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        client.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        client.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 30_000);
        client.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 60_000);
        client.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MILLIS);
        return TopicReader.open(client, topics);
    }

    private void run() {
        try (reader) {
            while (!ending) {
                poll();
            }
            Map<TopicPartition, Long> ends = reader.ends();
            while (!reader.hasReached(ends)) {
                poll();
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void poll() throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
            handler.handle(record);
        }
    }

    /** Why the reading failed; null if it has not. */
    public @Nullable Exception failure() {
        return failure;
    }

    /** Reads to the current end and returns whether that succeeded in time. Call it after the last write. */
    public boolean finish(Duration timeout) throws InterruptedException {
        ending = true;
        thread.join(timeout.toMillis());
        return !thread.isAlive();
    }

    /** Lets it read to the current end, without waiting for that. */
    @Override
    public void close() {
        ending = true;
    }
}
