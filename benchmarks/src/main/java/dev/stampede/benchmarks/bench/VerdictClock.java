package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.publish.OutcomeReader;
import dev.stampede.streaming.topology.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/** Times each alert from its sending to the reading of its verdict, which happens on a thread of its own. Thread-safe. */
final class VerdictClock implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long PATIENCE_MILLIS = 60_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final Map<Long, Long> sentNanos = new HashMap<>();
    private Histogram latencyNanos = new Histogram(3);
    private long lastReadNanos;
    private volatile boolean ending;
    private volatile @Nullable RuntimeException failure;

    private VerdictClock(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        this.thread = new Thread(this::run, "verdict-clock");
    }

    static VerdictClock start(String brokers) {
        VerdictClock clock =
                new VerdictClock(OutcomeReader.consumer(brokers, List.of(Topics.DEFAULT.classifications())));
        clock.thread.setDaemon(true);
        clock.thread.start();
        return clock;
    }

    private void run() {
        try (consumer) {
            while (!ending) {
                for (ConsumerRecord<byte[], byte[]> verdict : consumer.poll(POLL)) {
                    read(AlertPool.number(verdict.key()), System.nanoTime());
                }
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private synchronized void read(long number, long nowNanos) {
        Long sent = sentNanos.remove(number);
        if (sent != null) {
            latencyNanos.recordValue(nowNanos - sent);
            lastReadNanos = nowNanos;
            if (sentNanos.isEmpty()) {
                notifyAll();
            }
        }
    }

    /** Forgets what was timed so far. */
    synchronized void reset() {
        latencyNanos = new Histogram(3);
    }

    /** Starts the time of the alert of {@code number}. */
    synchronized void sent(long number) {
        sentNanos.put(number, System.nanoTime());
    }

    /** Waits for every verdict; answers when the last was read, on the scale of {@link System#nanoTime}. */
    synchronized long awaitAll() throws InterruptedException {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!sentNanos.isEmpty()) {
            RuntimeException cause = failure;
            if (cause != null) {
                throw new IllegalStateException("reading verdicts failed", cause);
            }
            if (System.currentTimeMillis() > deadline) {
                throw CommandFailure.failed(sentNanos.size() + " verdicts did not come within a minute");
            }
            wait(POLL.toMillis());
        }
        return lastReadNanos;
    }

    /** The times since the last reset. */
    synchronized Histogram latencyNanos() {
        return latencyNanos.copy();
    }

    @Override
    public void close() {
        ending = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
