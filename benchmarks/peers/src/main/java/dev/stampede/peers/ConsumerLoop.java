package dev.stampede.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Exactly once with Kafka's clients alone: consume, score, produce and commit in transactions of 100 ms, as Kafka Streams. */
public final class ConsumerLoop {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long COMMIT_NANOS = Duration.ofMillis(100).toNanos();

    private final PeerOptions options;
    private final int number;
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

    private ConsumerLoop(PeerOptions options, int number) {
        this.options = options;
        this.number = number;
    }

    /** Arguments as in {@link PeerOptions}. */
    public static void main(String[] arguments) {
        PeerOptions options = PeerOptions.parse(arguments);
        for (int i = 0; i < options.threads(); i++) {
            Thread thread = new Thread(new ConsumerLoop(options, i)::run, "loop-" + i);
            // One that ends would halve the rate unnoticed.
            thread.setUncaughtExceptionHandler((ended, failure) -> {
                failure.printStackTrace();
                Runtime.getRuntime().halt(1);
            });
            thread.start();
        }
    }

    private void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(producerSettings(), new ByteArraySerializer(), new ByteArraySerializer());
                AlertScorer scorer = new AlertScorer(options)) {
            producer.initTransactions();
            consumer.assign(consumer.partitionsFor(options.input()).stream()
                    .filter(partition -> partition.partition() % options.threads() == number)
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
            while (true) {
                transaction(consumer, producer, scorer);
            }
        }
    }

    private void transaction(
            KafkaConsumer<byte[], byte[]> consumer, KafkaProducer<byte[], byte[]> producer, AlertScorer scorer) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        long end = System.nanoTime() + COMMIT_NANOS;
        do {
            score(records, producer, scorer);
            records = consumer.poll(Duration.ZERO);
        } while (System.nanoTime() < end);
        score(records, producer, scorer);
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
        producer.commitTransaction();
        offsets.clear();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a send that fails fails the commit
    private void score(
            ConsumerRecords<byte[], byte[]> records, KafkaProducer<byte[], byte[]> producer, AlertScorer scorer) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(records.count());
        records.forEach(all::add);
        for (int start = 0; start < all.size(); start += AlertScorer.BATCH) {
            List<ConsumerRecord<byte[], byte[]>> batch =
                    all.subList(start, Math.min(start + AlertScorer.BATCH, all.size()));
            List<byte[]> results =
                    scorer.score(batch.stream().map(ConsumerRecord::value).toList());
            for (int i = 0; i < results.size(); i++) {
                producer.send(
                        new ProducerRecord<>(options.output(), batch.get(i).key(), results.get(i)));
            }
        }
        for (ConsumerRecord<byte[], byte[]> record : all) {
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
    }

    private Map<String, Object> consumerSettings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                options.brokers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                options.output(),
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                PeerOptions.PARTITION_FETCH_BYTES,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
    }

    private Map<String, Object> producerSettings() {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                options.brokers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                options.output() + "-" + number,
                ProducerConfig.BATCH_SIZE_CONFIG,
                PeerOptions.PRODUCER_BATCH_BYTES,
                ProducerConfig.LINGER_MS_CONFIG,
                PeerOptions.LINGER_MILLIS);
    }
}
