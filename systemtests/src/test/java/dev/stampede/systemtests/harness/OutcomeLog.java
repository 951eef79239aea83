package dev.stampede.systemtests.harness;

import dev.stampede.commandline.CommandException;
import dev.stampede.streaming.kafka.TopicFollower;
import dev.stampede.streaming.settings.TopicNames;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Consumes every committed outcome as it is published and records which alert it belongs to. Thread-safe. */
public final class OutcomeLog implements AutoCloseable {
    private static final long RECHECK_MILLIS = 50;
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
    /** The two topics on one of which each alert ends. */
    private static final List<String> OUTCOMES =
            List.of(TopicNames.DEFAULT.classifications(), TopicNames.DEFAULT.deadLetters());

    private final ToLongFunction<ConsumerRecord<byte[], byte[]>> numbers;
    private final Check check;
    private final TopicFollower reader;
    private final BitSet seen = new BitSet();
    private final long[] distinctByPartition;
    private long distinct;
    private long duplicates;
    private long wrong;
    private final long[] lastNanosByPartition;
    private long lastNanos = System.nanoTime();
    private double worstStallSeconds;
    private double worstPartitionStallSeconds;

    /** Verifies outcomes. */
    @FunctionalInterface
    public interface Check {
        /** Whether alert {@code number} may have this outcome; called for each in turn, on one thread. */
        boolean isRight(long number, ConsumerRecord<byte[], byte[]> outcome) throws IOException;
    }

    @SuppressWarnings("ThisEscapedInObjectConstruction") // the reader is started last
    private OutcomeLog(
            String brokers,
            List<String> topics,
            ToLongFunction<ConsumerRecord<byte[], byte[]>> numbers,
            Check check,
            int partitions) {
        this.numbers = numbers;
        this.check = check;
        this.distinctByPartition = new long[partitions];
        this.lastNanosByPartition = new long[partitions];
        Arrays.fill(lastNanosByPartition, lastNanos);
        this.reader = TopicFollower.start(brokers, topics, this::enter);
    }

    /** Reads outcomes whose key is the number of their alert. */
    public static OutcomeLog start(String brokers, Check check, int partitions) {
        return start(brokers, outcome -> AlertPool.number(outcome.key()), check, partitions);
    }

    /** Reads outcomes of which {@code numbers} gives the number of the alert. */
    public static OutcomeLog start(
            String brokers, ToLongFunction<ConsumerRecord<byte[], byte[]>> numbers, Check check, int partitions) {
        return new OutcomeLog(brokers, OUTCOMES, numbers, check, partitions);
    }

    /** Reads the classifications of a shadow model instead. */
    public static OutcomeLog ofShadow(String brokers, Check check, int partitions) {
        List<String> topics = List.of(TopicNames.DEFAULT.shadowClassifications());
        return new OutcomeLog(brokers, topics, outcome -> AlertPool.number(outcome.key()), check, partitions);
    }

    private void enter(ConsumerRecord<byte[], byte[]> outcome) throws IOException {
        long number = numbers.applyAsLong(outcome);
        boolean right = check.isRight(number, outcome);
        record((int) number, outcome.partition(), right);
    }

    /** An outcome has the key of its alert, and so its partition, as all topics have the same number of partitions. */
    private synchronized void record(int number, int partition, boolean right) {
        long now = System.nanoTime();
        measureStall(partition, now);
        lastNanos = now;
        lastNanosByPartition[partition] = now;
        if (seen.get(number)) {
            duplicates++;
        } else {
            seen.set(number);
            distinct++;
            distinctByPartition[partition]++;
        }
        if (!right) {
            wrong++;
        }
        notifyAll();
    }

    private void measureStall(int partition, long now) {
        worstStallSeconds = Math.max(worstStallSeconds, (now - lastNanos) / 1e9);
        worstPartitionStallSeconds =
                Math.max(worstPartitionStallSeconds, (now - lastNanosByPartition[partition]) / 1e9);
    }

    /** Includes stalls that no outcome has ended yet; call it while alerts are in flight in every partition. */
    public synchronized void measureOpenStalls() {
        long now = System.nanoTime();
        for (int partition = 0; partition < lastNanosByPartition.length; partition++) {
            measureStall(partition, now);
        }
    }

    /** Restarts the measurement of stalls; from here on alerts must be in flight all the time. */
    public synchronized void startClock() {
        lastNanos = System.nanoTime();
        worstStallSeconds = 0;
        Arrays.fill(lastNanosByPartition, lastNanos);
        worstPartitionStallSeconds = 0;
    }

    /** The number of different alerts that have an outcome. */
    public synchronized long distinct() {
        return distinct;
    }

    /** Waits until {@code count} different alerts have an outcome; returns false on timeout. */
    public boolean await(long count, Duration timeout) throws InterruptedException {
        return await(() -> distinct >= count, timeout);
    }

    /** Waits until every alert below {@code number} has an outcome; returns false on timeout. */
    public boolean awaitAllBefore(long number, Duration timeout) throws InterruptedException {
        return await(() -> distinct >= number && seen.nextClearBit(0) >= number, timeout);
    }

    private synchronized boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            failIfStopped();
            wait(RECHECK_MILLIS);
        }
        return condition.getAsBoolean();
    }

    private void failIfStopped() {
        Exception cause = reader.failure();
        if (cause != null) {
            throw new IllegalStateException("Cannot read outcomes", cause);
        }
    }

    /** Reads to the end of the topics; call it when nothing is written to them any more. */
    public void finish() throws InterruptedException {
        boolean finished = reader.finish(READ_TIMEOUT);
        failIfStopped();
        if (!finished) {
            throw CommandException.failed("Reading the outcomes took more than " + READ_TIMEOUT.toSeconds() + " s");
        }
    }

    public synchronized long distinctIn(int partition) {
        return distinctByPartition[partition];
    }

    /** How many alerts below {@code number} have no outcome. */
    public synchronized long missingBefore(long number) {
        return number - seen.get(0, (int) number).cardinality();
    }

    public synchronized long duplicates() {
        return duplicates;
    }

    public synchronized long wrong() {
        return wrong;
    }

    /** The longest time without any outcome since the clock was started. */
    public synchronized double worstStallSeconds() {
        return worstStallSeconds;
    }

    /** The longest time without an outcome in one partition since the clock was started. */
    public synchronized double worstPartitionStallSeconds() {
        return worstPartitionStallSeconds;
    }

    @Override
    public void close() {
        reader.close();
    }
}
