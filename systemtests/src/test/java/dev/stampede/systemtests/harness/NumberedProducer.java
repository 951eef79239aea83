package dev.stampede.systemtests.harness;

import dev.stampede.streaming.kafka.PacedFeed;
import dev.stampede.streaming.settings.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends numbered records to a topic at a rate, on the caller's thread or in the background, and counts by partition what
 * the broker stored. Its methods are for one thread.
 */
public final class NumberedProducer implements AutoCloseable {
    /** The rate that sends as fast as the broker accepts records. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int MAX_PARTITIONS = 64;
    private static final long PAUSE_MILLIS = 20;
    /** Longer than a broker takes to restart on a busy machine. */
    private static final int TIMEOUT_MILLIS = 300_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicLongArray stored = new AtomicLongArray(MAX_PARTITIONS);
    private @Nullable LongUnaryOperator timestamps;
    private LongFunction<Iterable<Header>> headers = number -> List.of();
    private LongConsumer beforeSend = number -> {};
    private ObjLongConsumer<RecordMetadata> onStored = (metadata, number) -> {};
    private @Nullable Thread background;
    private volatile Schedule schedule;
    private volatile long next;
    private volatile long end = Long.MAX_VALUE;
    private volatile @Nullable Exception failure;

    /** What is sent: {@code values} by number, at a rate of which 0 pauses. */
    private record Schedule(int perSecond, LongFunction<byte @Nullable []> values) {}

    private NumberedProducer(
            KafkaProducer<byte[], byte[]> producer, String topic, LongFunction<byte @Nullable []> values) {
        this.producer = producer;
        this.topic = topic;
        this.schedule = new Schedule(0, values);
    }

    /** A feed of alerts for a topic, with an idempotent producer whose batches may fill for {@code lingerMillis}. */
    public static NumberedProducer open(
            String brokers, String topic, int lingerMillis, LongFunction<byte @Nullable []> values) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
                ProducerConfig.LINGER_MS_CONFIG, lingerMillis,
                ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        return new NumberedProducer(new KafkaProducer<>(config, bytes, bytes), topic, values);
    }

    /** A feed of the topic of alerts. */
    public static NumberedProducer open(String brokers, LongFunction<byte @Nullable []> values) {
        return open(brokers, TopicNames.DEFAULT.alerts(), 5, values);
    }

    /** The same, which sends in the background from now on. */
    public static NumberedProducer start(String brokers, int perSecond, LongFunction<byte @Nullable []> values) {
        NumberedProducer feed = open(brokers, values);
        feed.start(perSecond);
        return feed;
    }

    /** Gives each record the timestamp of its number, milliseconds since 1970, instead of the time it is sent. */
    public NumberedProducer withTimestamps(LongUnaryOperator byNumber) {
        timestamps = byNumber;
        return this;
    }

    /** Gives each record headers by its number. */
    public NumberedProducer withHeaders(LongFunction<Iterable<Header>> byNumber) {
        headers = byNumber;
        return this;
    }

    /** Calls {@code listener} with the number of each record just before it is sent. */
    public NumberedProducer beforeSend(LongConsumer listener) {
        beforeSend = listener;
        return this;
    }

    /** Calls {@code listener} with the number of each record that was stored, on the thread of the producer. */
    public NumberedProducer onStored(ObjLongConsumer<RecordMetadata> listener) {
        onStored = listener;
        return this;
    }

    /** Sends {@code count} more records on this thread; does not wait until they are stored. */
    public void send(long count, int perSecond) throws InterruptedException {
        long last = next + count;
        change(perSecond, schedule.values());
        run(number -> number < last);
    }

    /** Sends in the background until {@link #finish}. */
    public void start(int perSecond) {
        change(perSecond, schedule.values());
        Thread thread = new Thread(this::runInBackground, "numbered-producer");
        thread.setDaemon(true);
        background = thread;
        thread.start();
    }

    /** Changes what is sent from now on, and how fast; the numbers continue. */
    public void change(int perSecond, LongFunction<byte @Nullable []> values) {
        schedule = new Schedule(perSecond, values);
    }

    /** Sends nothing until the next change. */
    public void pause() {
        change(0, schedule.values());
    }

    private void runInBackground() {
        try {
            run(number -> number < end);
            producer.flush();
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void run(LongPredicate more) throws InterruptedException {
        while (more.test(next)) {
            Schedule current = schedule;
            if (current.perSecond() == 0) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } else {
                new PacedFeed(Long.MAX_VALUE, current.perSecond()).run(sent -> sendNext(current), millis -> {
                    TimeUnit.MILLISECONDS.sleep(millis);
                    return !current.equals(schedule) || !more.test(next);
                });
            }
        }
    }

    private void sendNext(Schedule current) {
        long number = next;
        send(number, current.values().apply(number));
        next = number + 1;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback has the result
    private void send(long number, byte @Nullable [] value) {
        Long timestamp = timestamps == null ? null : timestamps.applyAsLong(number);
        beforeSend.accept(number);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, timestamp, AlertPool.key(number), value, headers.apply(number));
        producer.send(record, (metadata, cause) -> {
            if (cause == null) {
                stored.incrementAndGet(metadata.partition());
                onStored.accept(metadata, number);
            } else {
                failure = cause;
            }
        });
    }

    /** The number of the next record. */
    public long next() {
        return next;
    }

    /** Stops once {@code min} records were sent, waits until all are stored, and returns their number. */
    public long finish(long min) throws InterruptedException {
        end = min;
        if (background != null) {
            background.join();
        }
        producer.flush();
        Exception cause = failure;
        if (cause != null) {
            throw new IllegalStateException("Cannot send to the topic " + topic, cause);
        }
        return next;
    }

    /** The number of records that a partition stored. */
    public long storedIn(int partition) {
        return stored.get(partition);
    }

    @Override
    public void close() {
        if (background != null) {
            background.interrupt();
        }
        producer.close(Duration.ofSeconds(10));
    }
}
