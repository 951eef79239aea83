package dev.stampede.benchmarks.bench;

import dev.stampede.schemas.Classification;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.packet.SingleObject;
import dev.stampede.streaming.publish.OutcomeReader;
import dev.stampede.streaming.topology.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads every committed outcome back, record by record as it comes. Thread-safe. */
final class OutcomeLog implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration READING = Duration.ofSeconds(60);

    private final CrashAlerts alerts;
    private final LongConsumer latencyMillis;
    private final OutcomeReader reader;
    private final BitSet seen = new BitSet();
    private final long[] distinctByPartition;
    private long duplicates;
    private long wrong;
    private long lastNanos = System.nanoTime();
    private double worstStallSeconds;

    @SuppressWarnings("ThisEscapedInObjectConstruction") // the reader books only what comes after its start
    private OutcomeLog(String brokers, CrashAlerts alerts, int partitions, LongConsumer latencyMillis) {
        this.alerts = alerts;
        this.latencyMillis = latencyMillis;
        this.distinctByPartition = new long[partitions];
        this.reader = OutcomeReader.start(
                brokers, List.of(Topics.DEFAULT.classifications(), Topics.DEFAULT.deadLetters()), this::enter);
    }

    static OutcomeLog start(String brokers, CrashAlerts alerts, int partitions) {
        return start(brokers, alerts, partitions, latency -> {});
    }

    /** The same; tells of each outcome how long after the sending of its alert it was read, on the thread of the reader. */
    static OutcomeLog start(String brokers, CrashAlerts alerts, int partitions, LongConsumer latencyMillis) {
        return new OutcomeLog(brokers, alerts, partitions, latencyMillis);
    }

    private void enter(ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        long number = AlertPool.number(outcome.key());
        boolean right;
        if (outcome.topic().equals(Topics.DEFAULT.deadLetters())) {
            right = alerts.isGarbage(number);
        } else {
            Classification classification = SingleObject.readClassification(outcome.value());
            right = alerts.isRight(number, classification);
        }
        latencyMillis.accept(System.currentTimeMillis() - outcome.timestamp()); // an outcome has its alert's time
        book(number, outcome.partition(), right);
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
            wait(LOOK_EVERY.toMillis());
        }
        return seen.cardinality() >= distinct;
    }

    private void failIfStopped() {
        reader.failure().ifPresent(cause -> {
            throw new IllegalStateException("reading outcomes back failed", cause);
        });
    }

    /** Reads to the end. Call it once nothing writes any more. */
    void finish() throws InterruptedException {
        boolean finished = reader.finish(READING);
        failIfStopped();
        if (!finished) {
            throw CommandFailure.failed(
                    "The outcomes could not be read to their end within " + READING.toSeconds() + " s");
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
        reader.close();
    }
}
