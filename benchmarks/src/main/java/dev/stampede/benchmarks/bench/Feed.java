package dev.stampede.benchmarks.bench;

import dev.stampede.streaming.topology.Topics;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends alerts and waits for their verdicts. Not thread-safe. */
final class Feed {
    private final KafkaProducer<byte[], byte[]> producer;
    private final VerdictClock clock;
    private final AlertPool pool;
    private long next;

    Feed(KafkaProducer<byte[], byte[]> producer, VerdictClock clock, AlertPool pool) {
        this.producer = producer;
        this.clock = clock;
        this.pool = pool;
    }

    /** Sends {@code perSecond} alerts a second for so many seconds; answers how long their verdicts took. */
    Histogram atRate(int perSecond, int seconds) throws InterruptedException {
        long count = (long) perSecond * seconds;
        clock.reset();
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long early = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            send(pool.value(next));
        }
        clock.awaitAll();
        return clock.latencyNanos();
    }

    /** Sends {@code count} alerts as fast as the broker takes them; answers seconds until the last verdict. */
    double burst(int count) throws InterruptedException {
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            values[i] = pool.value(next + i);
        }
        clock.reset();
        long start = System.nanoTime();
        for (byte[] value : values) {
            send(value);
        }
        return (clock.awaitAll() - start) / 1e9;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a refusal shows as a verdict that never comes
    private void send(byte[] value) {
        byte[] key = AlertPool.key(next);
        clock.sent(next++);
        producer.send(new ProducerRecord<>(Topics.DEFAULT.alerts(), key, value));
    }
}
