package dev.stampede.streaming.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends alerts from a pool, at a rate or as fast as outcomes come back, on a thread of its own. */
final class AlertFeed implements AutoCloseable {
    /**
     * Alerts under way at most: a second or two of work. Without a bound a full-speed run would measure the patience of
     * its own queue.
     */
    private static final int MAX_UNDER_WAY = 20_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final SpecimenPool pool;
    private final Ledger ledger;
    private final DemoSettings settings;
    private final Thread thread;
    /** Held while an alert is sent, so that no interrupt falls between its booking and its way. */
    private final Object sending = new Object();

    private volatile boolean stopping;
    private volatile @Nullable Exception failure;

    private AlertFeed(String brokers, String topic, SpecimenPool pool, Ledger ledger, DemoSettings settings) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 << 10);
        this.producer = new KafkaProducer<>(config, bytes, bytes);
        this.topic = topic;
        this.pool = pool;
        this.ledger = ledger;
        this.settings = settings;
        this.thread = new Thread(this::run, "alert-feed");
    }

    static AlertFeed start(String brokers, String topic, SpecimenPool pool, Ledger ledger, DemoSettings settings) {
        AlertFeed feed = new AlertFeed(brokers, topic, pool, ledger, settings);
        feed.thread.setDaemon(true);
        feed.thread.start();
        return feed;
    }

    private void run() {
        Random random = new Random(settings.seed());
        OptionalLong alerts = settings.alerts();
        long start = System.nanoTime();
        try {
            for (long number = 0; !stopping && (alerts.isEmpty() || number < alerts.getAsLong()); number++) {
                pace(start, number);
                Specimen specimen = pool.draw(random);
                String id = AlertNumber.id(number);
                ledger.send(number, specimen, MAX_UNDER_WAY);
                synchronized (sending) {
                    // What is booked is sent: an interrupt that came just now ends the feed after this one.
                    Thread.interrupted();
                    send(id, specimen.form().valueFor(id));
                }
            }
            producer.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!stopping) { // else it is the interrupt that ends the feed
                failure = e;
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback tells of a failure
    private void send(String id, byte @Nullable [] value) {
        producer.send(new ProducerRecord<>(topic, id.getBytes(UTF_8), value), (stored, refusal) -> {
            if (refusal != null) {
                failure = refusal;
            }
        });
    }

    private void pace(long startNanos, long number) throws InterruptedException {
        OptionalDouble rate = settings.alertsPerSecond();
        if (rate.isPresent()) {
            long due = startNanos + (long) (number * 1e9 / rate.getAsDouble());
            long early = due - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
        }
    }

    /** Whether all has been sent. */
    boolean isDone() {
        return !thread.isAlive();
    }

    /** Why it stopped before its time, where it did. */
    @Nullable
    Exception failure() {
        return failure;
    }

    /** Sends no more; what was sent is on its topic when this returns. */
    @Override
    public void close() {
        synchronized (sending) {
            stopping = true;
            thread.interrupt();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
