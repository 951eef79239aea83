package dev.stampede.benchmarks.bench;

import dev.stampede.streaming.topology.Topics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;

/** Sends to the topic of alerts what it is told, at the rate it is told, until told otherwise. */
final class DrillFeed implements AutoCloseable {
    private static final long NOTHING_TO_SEND_MILLIS = 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::run, "drill-feed");
    private volatile Order order = new Order(0, number -> new byte[0]);

    private record Order(int perSecond, LongFunction<byte[]> values) {}

    private DrillFeed(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** A feed that sends nothing yet. */
    static DrillFeed start(String brokers) {
        DrillFeed feed = new DrillFeed(Clients.producer(brokers, 5));
        feed.thread.setDaemon(true);
        feed.thread.start();
        return feed;
    }

    /** From now on {@code values}, each called with a number that has not been before. */
    void send(int perSecond, LongFunction<byte[]> values) {
        order = new Order(perSecond, values);
    }

    /** From now on nothing. */
    void pause() {
        send(0, number -> new byte[0]);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a broker that is away is one of the faults
    private void run() {
        try {
            Order current = order;
            long start = System.nanoTime();
            long sent = 0;
            for (long number = 0; !Thread.interrupted(); ) {
                if (!current.equals(order)) {
                    current = order;
                    start = System.nanoTime();
                    sent = 0;
                }
                if (current.perSecond() == 0) {
                    TimeUnit.MILLISECONDS.sleep(NOTHING_TO_SEND_MILLIS);
                    continue;
                }
                long due = start + sent++ * TimeUnit.SECONDS.toNanos(1) / current.perSecond();
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                producer.send(new ProducerRecord<>(
                        Topics.DEFAULT.alerts(),
                        AlertPool.key(number),
                        current.values().apply(number++)));
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        producer.close(Duration.ZERO);
    }
}
