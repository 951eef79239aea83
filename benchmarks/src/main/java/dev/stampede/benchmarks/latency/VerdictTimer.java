package dev.stampede.benchmarks.latency;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.OutcomeLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** An embedded broker with its topics, and the time of each alert from sending it to reading its verdict. */
final class VerdictTimer implements AutoCloseable {
    private static final int PARTITIONS = 4;
    private static final int POOL_SIZE = 4096;
    private static final int WARM_UP_SECONDS = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final AlertPool pool;
    private final EmbeddedBroker broker = EmbeddedBroker.start();
    private final OutcomeLog outcomes;
    private final NumberedProducer feed;
    private final Map<Long, Long> sentNanos = new HashMap<>();
    private Histogram latencyNanos = new Histogram(3);
    private long lastReadNanos;

    @SuppressWarnings("ThisEscapedInObjectConstruction") // nothing is sent yet
    VerdictTimer(List<Plane> planes) {
        TopicNames topics = TopicNames.DEFAULT;
        broker.createTopics(
                PARTITIONS,
                topics.all().stream()
                        .filter(topic -> !topic.equals(topics.models()))
                        .toList());
        broker.createTopics(1, List.of(topics.models()));
        pool = AlertPool.of(planes, POOL_SIZE);
        outcomes = OutcomeLog.start(broker.address(), this::read, PARTITIONS);
        feed = NumberedProducer.open(broker.address(), topics.alerts(), 0, pool::value)
                .beforeSend(this::sent);
    }

    String brokers() {
        return broker.address();
    }

    /** Sends alerts until the code of feed, broker, stream and reader is compiled. */
    void warmUp(int perSecond) throws InterruptedException {
        atRate(perSecond, WARM_UP_SECONDS);
    }

    /** Sends alerts at a rate; returns the latencies of their verdicts in nanoseconds. */
    Histogram atRate(int perSecond, int seconds) throws InterruptedException {
        reset();
        feed.change(perSecond, pool::value);
        feed.send((long) perSecond * seconds, perSecond);
        return awaitAll();
    }

    /** Sends alerts as fast as the broker accepts them; returns the seconds until the last verdict. */
    double burst(int count) throws InterruptedException {
        long first = feed.next();
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            values[i] = pool.value(first + i);
        }
        reset();
        feed.change(NumberedProducer.UNLIMITED, number -> values[(int) (number - first)]);
        long start = System.nanoTime();
        feed.send(count, NumberedProducer.UNLIMITED);
        awaitAll();
        return (lastReadNanos - start) / 1e9;
    }

    private synchronized void reset() {
        latencyNanos = new Histogram(3);
    }

    private synchronized void sent(long number) {
        sentNanos.put(number, System.nanoTime());
    }

    private boolean read(long number, ConsumerRecord<byte[], byte[]> verdict) {
        long now = System.nanoTime();
        synchronized (this) {
            Long sent = sentNanos.remove(number);
            if (sent != null) {
                latencyNanos.recordValue(now - sent);
                lastReadNanos = now;
            }
        }
        return true;
    }

    private Histogram awaitAll() throws InterruptedException {
        if (!outcomes.await(feed.next(), TIMEOUT)) {
            throw CommandException.failed(feed.next() - outcomes.distinct() + " verdicts were not published within "
                    + TIMEOUT.toSeconds() + " s");
        }
        synchronized (this) {
            return latencyNanos.copy();
        }
    }

    @Override
    public void close() {
        feed.close();
        outcomes.close();
        broker.close();
    }
}
