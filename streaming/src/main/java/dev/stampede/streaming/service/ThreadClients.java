package dev.stampede.streaming.service;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of Kafka Streams, as it creates them itself. A stream thread can have sent at once what its producer holds for
 * larger batches.
 */
final class ThreadClients implements KafkaClientSupplier {
    /** Kafka Streams adds it to the name of a thread for the client id of its producer. */
    private static final String PRODUCER = "-producer";

    private static final long IDLE_SECONDS = 10;

    /** By client id. */
    private final Map<String, ThreadProducer> producers = new ConcurrentHashMap<>();

    /** Its thread ends when it is idle, so there is nothing to close. */
    private final Executor flushes =
            new ThreadPoolExecutor(0, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                Thread thread = new Thread(work, "stampede-flush");
                thread.setDaemon(true);
                return thread;
            });

    /** @param isAwaited whether a flush is about to begin */
    private record ThreadProducer(Producer<byte[], byte[]> producer, AtomicBoolean isAwaited) {
        void flush() {
            isAwaited.set(false);
            try {
                producer.flush();
            } catch (InterruptException closed) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Begins to send what the producer of this stream thread holds, without waiting: the thread can poll meanwhile. */
    void send() {
        ThreadProducer own = producers.get(Thread.currentThread().getName() + PRODUCER);
        if (own != null && own.isAwaited().compareAndSet(false, true)) {
            flushes.execute(own::flush);
        }
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        producers.put(
                String.valueOf(config.get(CommonClientConfigs.CLIENT_ID_CONFIG)),
                new ThreadProducer(producer, new AtomicBoolean()));
        return producer;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return getConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getConsumer(config);
    }
}
