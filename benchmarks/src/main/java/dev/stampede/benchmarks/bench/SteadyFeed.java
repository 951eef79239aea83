package dev.stampede.benchmarks.bench;

import dev.stampede.streaming.topology.Topics;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Sends alerts at a rate until told to stop, and counts what the broker took, by partition. */
final class SteadyFeed implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final LongFunction<byte[]> values;
    private final long first;
    private final long least;
    private final int perSecond;
    private final Thread thread;
    private final AtomicLongArray takenByPartition;
    private volatile long sent;
    private volatile boolean enough;
    private volatile @Nullable Exception failure;

    private SteadyFeed(
            String brokers, LongFunction<byte[]> values, long first, long least, int perSecond, int partitions) {
        this.producer = Clients.producer(brokers, 5);
        this.values = values;
        this.first = first;
        this.least = least;
        this.perSecond = perSecond;
        this.sent = first;
        this.takenByPartition = new AtomicLongArray(partitions);
        this.thread = new Thread(this::run, "steady-feed");
    }

    static SteadyFeed start(String brokers, LongFunction<byte[]> values, CrashSettings settings, int partitions) {
        return start(brokers, values, 0, settings.alerts(), settings.perSecond(), partitions);
    }

    /** Sends {@code values} of the numbers from {@code first} on, {@code least} of them at least. */
    static SteadyFeed start(
            String brokers, LongFunction<byte[]> values, long first, long least, int perSecond, int partitions) {
        SteadyFeed feed = new SteadyFeed(brokers, values, first, least, perSecond, partitions);
        feed.thread.setDaemon(true);
        feed.thread.start();
        return feed;
    }

    private void run() {
        try {
            long start = System.nanoTime();
            for (long number = first; !enough || number < first + least; number++) {
                long early = start
                        + (long) ((number - first) * (double) TimeUnit.SECONDS.toNanos(1) / perSecond)
                        - System.nanoTime();
                if (early > 0) {
                    TimeUnit.NANOSECONDS.sleep(early);
                }
                send(number);
                sent = number + 1;
            }
            producer.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells
    private void send(long number) {
        ProducerRecord<byte[], byte[]> alert =
                new ProducerRecord<>(Topics.DEFAULT.alerts(), AlertPool.key(number), values.apply(number));
        producer.send(alert, (stored, refusal) -> {
            if (refusal == null) {
                takenByPartition.incrementAndGet(stored.partition());
            } else {
                failure = refusal;
            }
        });
    }

    /** The number of the alert that comes next. */
    long next() {
        return sent;
    }

    /** Ends as soon as the least are sent; waits for that and answers the number that would come next. */
    long finish() throws InterruptedException {
        enough = true;
        thread.join();
        Exception cause = failure;
        if (cause != null) {
            throw new IllegalStateException("sending alerts failed", cause);
        }
        return sent;
    }

    long takenBy(int partition) {
        return takenByPartition.get(partition);
    }

    @Override
    public void close() {
        thread.interrupt();
        producer.close();
    }
}
