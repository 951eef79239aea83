package dev.stampede.benchmarks.bench;

import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.publish.OutcomeReader;
import dev.stampede.streaming.topology.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads every committed outcome back, record by record as it comes. Thread-safe. */
final class OutcomeLog implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration READING = Duration.ofSeconds(60);

    /** Where one of each alert ends. */
    private static final List<String> OUTCOMES =
            List.of(Topics.DEFAULT.classifications(), Topics.DEFAULT.deadLetters());

    private final Check check;
    private final LongConsumer latencyMillis;
    private final OutcomeReader reader;
    private final BitSet seen = new BitSet();
    private final long[] distinctByPartition;
    private long duplicates;
    private long wrong;
    private long lastNanos = System.nanoTime();
    private double worstStallSeconds;

    /** What of the outcomes is right. */
    @FunctionalInterface
    interface Check {
        /** Whether {@code outcome} is what must become of the alert of {@code number}; asked of each in turn, on one thread. */
        boolean isRight(long number, ConsumerRecord<byte[], byte[]> outcome) throws IOException;
    }

    @SuppressWarnings("ThisEscapedInObjectConstruction") // the reader books only what comes after its start
    private OutcomeLog(String brokers, List<String> topics, Check check, int partitions, LongConsumer latencyMillis) {
        this.check = check;
        this.latencyMillis = latencyMillis;
        this.distinctByPartition = new long[partitions];
        this.reader = OutcomeReader.start(brokers, topics, this::enter);
    }

    static OutcomeLog start(String brokers, Check check, int partitions) {
        return start(brokers, check, partitions, latency -> {});
    }

    /** The same; tells of each outcome how long after the sending of its alert it was read, on the thread of the reader. */
    static OutcomeLog start(String brokers, Check check, int partitions, LongConsumer latencyMillis) {
        return new OutcomeLog(brokers, OUTCOMES, check, partitions, latencyMillis);
    }

    /** Reads what a shadow says, in the place of outcomes. */
    static OutcomeLog ofShadow(String brokers, Check check, int partitions) {
        return new OutcomeLog(
                brokers, List.of(Topics.DEFAULT.shadowClassifications()), check, partitions, latency -> {});
    }

    private void enter(ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        long number = AlertPool.number(outcome.key());
        boolean right = check.isRight(number, outcome);
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
    boolean await(long distinct, Duration atMost) throws InterruptedException {
        return await(() -> seen.cardinality() >= distinct, atMost);
    }

    /** Waits until each alert before {@code number} has an outcome, and answers whether they do in time. */
    boolean awaitAllBefore(long number, Duration atMost) throws InterruptedException {
        return await(() -> seen.nextClearBit(0) >= number, atMost);
    }

    private synchronized boolean await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            failIfStopped();
            wait(LOOK_EVERY.toMillis());
        }
        return condition.getAsBoolean();
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
