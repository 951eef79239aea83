package dev.stampede.benchmarks.bench;

import dev.stampede.schemas.Classification;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.topology.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads every committed outcome back, record by record, on a thread of its own. Thread-safe. */
final class OutcomeLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CrashAlerts alerts;
    private final Thread thread;
    private final BitSet seen = new BitSet();
    private final long[] distinctByPartition;
    private long duplicates;
    private long wrong;
    private long lastNanos = System.nanoTime();
    private double worstStallSeconds;
    private volatile boolean ending;
    private volatile @Nullable Exception failure;

    private OutcomeLog(KafkaConsumer<byte[], byte[]> consumer, CrashAlerts alerts, int partitions) {
        this.consumer = consumer;
        this.alerts = alerts;
        this.distinctByPartition = new long[partitions];
        this.thread = new Thread(this::run, "outcome-log");
    }

    static OutcomeLog start(String brokers, CrashAlerts alerts, int partitions) {
        List<String> topics = List.of(Topics.DEFAULT.classifications(), Topics.DEFAULT.deadLetters());
        OutcomeLog log = new OutcomeLog(Clients.reader(brokers, topics), alerts, partitions);
        log.thread.setDaemon(true);
        log.thread.start();
        return log;
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
            long number = AlertPool.number(outcome.key());
            boolean right;
            if (outcome.topic().equals(Topics.DEFAULT.deadLetters())) {
                right = alerts.isGarbage(number);
            } else {
                Classification classification = SingleObject.readClassification(outcome.value());
                right = alerts.isRight(number, classification);
            }
            book(number, outcome.partition(), right);
        }
    }

    /** Outcomes keep the key of their alert, and all topics have as many partitions: so they keep its partition too. */
    private synchronized void book(long number, int partition, boolean right) {
        long now = System.nanoTime();
        worstStallSeconds = Math.max(worstStallSeconds, (now - lastNanos) / 1e9);
        lastNanos = now;
        if (seen.get((int) number)) {
            duplicates++;
        } else {
            seen.set((int) number);
            distinctByPartition[partition]++;
        }
        if (!right) {
            wrong++;
        }
        notifyAll();
    }

    /** Starts the clock of stalls anew: from now on alerts are under way all the time. */
    synchronized void startClock() {
        lastNanos = System.nanoTime();
        worstStallSeconds = 0;
    }

    /** How many different alerts have an outcome. */
    synchronized long distinct() {
        return seen.cardinality();
    }

    /** Waits until {@code distinct} different alerts have an outcome, and answers whether they do in time. */
    synchronized boolean await(long distinct, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (seen.cardinality() < distinct && System.nanoTime() < deadline) {
            failIfStopped();
            wait(POLL.toMillis());
        }
        return seen.cardinality() >= distinct;
    }

    private void failIfStopped() {
        Exception cause = failure;
        if (cause != null) {
            throw new IllegalStateException("reading outcomes back failed", cause);
        }
    }

    /** Reads to the end. Call it once nothing writes any more. */
    void finish() throws InterruptedException {
        ending = true;
        thread.join(Duration.ofSeconds(60).toMillis());
        failIfStopped();
        if (thread.isAlive()) {
            throw CommandFailure.failed("The outcomes could not be read to their end within a minute");
        }
    }

    synchronized long distinctIn(int partition) {
        return distinctByPartition[partition];
    }

    synchronized long duplicates() {
        return duplicates;
    }

    synchronized long wrong() {
        return wrong;
    }

    /** The longest time without any outcome since the clock was started. */
    synchronized double worstStallSeconds() {
        return worstStallSeconds;
    }

    @Override
    public void close() {
        ending = true;
    }
}
