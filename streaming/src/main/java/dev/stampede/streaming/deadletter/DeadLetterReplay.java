package dev.stampede.streaming.deadletter;

import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.kafka.TopicSender;
import dev.stampede.streaming.wire.ErrorClass;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the dead letters of a topic back, up to the end that it has at the start. Records and positions are committed in
 * one transaction, so that a replay that is killed sends nothing twice.
 */
public final class DeadLetterReplay implements AutoCloseable {
    private final Map<String, Object> client;
    private final String group;
    private final TopicReader reader;
    private final Map<TopicPartition, ReplayPosition> positions = new HashMap<>();
    private final ReplayReport report = new ReplayReport();

    private DeadLetterReplay(Map<String, Object> client, String group, TopicReader reader) {
        this.client = client;
        this.group = group;
        this.reader = reader;
    }

    /**
     * Opens the topic {@code from} at the positions of {@code group}.
     *
     * @param client the client configuration
     */
    public static DeadLetterReplay open(Map<String, Object> client, String group, String from) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        return new DeadLetterReplay(client, group, TopicReader.open(config, List.of(from)));
    }

    /** Reports what would be sent, and sends nothing. */
    public ReplayReport list(Set<ErrorClass> errors) {
        seekToPositions();
        read(errors, record -> {}, () -> {});
        return report;
    }

    /** Sends all dead letters of {@code errors} to the topic {@code to}. */
    public ReplayReport send(Set<ErrorClass> errors, String to) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> config = TopicSender.config(client);
        // A second replay of the group fences the first, so that the two cannot send the same records.
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group);
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes);
        try {
            producer.initTransactions();
            seekToPositions(); // only now is the open transaction of a fenced replay completed or aborted
            producer.beginTransaction();
            read(errors, record -> forward(producer, record, to), () -> {
                producer.sendOffsetsToTransaction(toCommit(), reader.group());
                producer.commitTransaction();
                producer.beginTransaction();
            });
            producer.abortTransaction(); // the last one, which is empty
        } finally {
            producer.close(Duration.ZERO);
        }
        return report;
    }

    private void seekToPositions() {
        Map<TopicPartition, OffsetAndMetadata> committed = reader.committed();
        Map<TopicPartition, Long> beginnings = reader.beginnings();
        for (TopicPartition partition : reader.partitions()) {
            ReplayPosition position = ReplayPosition.of(committed.get(partition));
            positions.put(partition, position);
            reader.seek(partition, Math.max(beginnings.getOrDefault(partition, 0L), position.start()));
        }
    }

    private void read(Set<ErrorClass> errors, Consumer<ConsumerRecord<byte[], byte[]>> sink, Runnable commit) {
        Map<TopicPartition, Long> ends = reader.ends();
        while (!reader.hasReached(ends)) {
            ConsumerRecords<byte[], byte[]> records = reader.poll();
            records.forEach(record -> replay(record, errors, sink));
            for (TopicPartition partition : reader.partitions()) {
                position(partition).advance(errors, reader.position(partition));
            }
            if (!records.isEmpty()) {
                commit.run();
            }
        }
    }

    private void replay(
            ConsumerRecord<byte[], byte[]> record,
            Set<ErrorClass> errors,
            Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Optional<ErrorClass> error = errorOf(record);
        if (error.isEmpty()) {
            report.addForeign();
        } else if (errors.contains(error.get())) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (position(partition).hasReplayed(error.get(), record.offset())) {
                report.addSentBefore();
            } else {
                sink.accept(record);
                report.add(error.get(), record);
            }
        }
    }

    private static Optional<ErrorClass> errorOf(ConsumerRecord<byte[], byte[]> record) {
        return DeadLetterHeaders.text(record.headers(), DeadLetterHeaders.ERROR_CLASS)
                .flatMap(name -> Arrays.stream(ErrorClass.values())
                        .filter(error -> error.name().equals(name))
                        .findFirst());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if one is not stored
    private static void forward(
            KafkaProducer<byte[], byte[]> producer, ConsumerRecord<byte[], byte[]> record, String to) {
        producer.send(new ProducerRecord<>(
                to, null, record.key(), record.value(), DeadLetterHeaders.original(record.headers())));
    }

    private ReplayPosition position(TopicPartition partition) {
        return Objects.requireNonNull(positions.get(partition));
    }

    private Map<TopicPartition, OffsetAndMetadata> toCommit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        positions.forEach((partition, position) -> offsets.put(partition, position.toCommit()));
        return offsets;
    }

    @Override
    public void close() {
        reader.close();
    }
}
