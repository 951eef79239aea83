package dev.stampede.streaming.command;

import dev.stampede.streaming.packet.ErrorClass;
import dev.stampede.streaming.publish.DeadLetterHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
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
 * One pass over the dead letters, up to where they end when it begins. What is sent and how far it came are committed in
 * one transaction, so that a replay that is killed sends nothing twice.
 */
final class Replay implements AutoCloseable {
    private final KafkaOptions kafka;
    private final String group;
    private final TopicReader reader;
    private final Map<TopicPartition, ReplayPosition> positions = new HashMap<>();
    private final ReplayReport report = new ReplayReport();

    private Replay(KafkaOptions kafka, String group, TopicReader reader) {
        this.kafka = kafka;
        this.group = group;
        this.reader = reader;
    }

    /** Opens the topic {@code from} where {@code group} has left it. */
    static Replay open(KafkaOptions kafka, String group, String from) {
        return new Replay(kafka, group, TopicReader.of(kafka, from, Map.of(ConsumerConfig.GROUP_ID_CONFIG, group)));
    }

    /** Reads what would be sent, and sends nothing. */
    ReplayReport list(Set<ErrorClass> errors) {
        goToPositions();
        read(errors, record -> {}, () -> {});
        return report;
    }

    /** Sends all that is of {@code errors} to the topic {@code to}. */
    ReplayReport send(Set<ErrorClass> errors, String to) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> config = Sender.config(kafka.client());
        // A second replay of the group fences the first, so that the two cannot send the same.
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, group);
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config, bytes, bytes);
        try {
            producer.initTransactions();
            goToPositions(); // only now: what a fenced replay had under way is settled
            producer.beginTransaction();
            read(errors, record -> forward(producer, record, to), () -> {
                producer.sendOffsetsToTransaction(toCommit(), reader.consumer().groupMetadata());
                producer.commitTransaction();
                producer.beginTransaction();
            });
            producer.abortTransaction(); // the one that was begun for a poll that did not come
        } finally {
            producer.close(Duration.ZERO);
        }
        return report;
    }

    private void goToPositions() {
        Map<TopicPartition, OffsetAndMetadata> committed =
                reader.consumer().committed(new HashSet<>(reader.partitions()));
        Map<TopicPartition, Long> beginnings = reader.consumer().beginningOffsets(reader.partitions());
        for (TopicPartition partition : reader.partitions()) {
            ReplayPosition position = ReplayPosition.of(committed.get(partition));
            positions.put(partition, position);
            long beginning = beginnings.getOrDefault(partition, 0L);
            reader.consumer().seek(partition, Math.max(beginning, position.start()));
        }
    }

    private void read(Set<ErrorClass> errors, Consumer<ConsumerRecord<byte[], byte[]>> sent, Runnable commit) {
        Map<TopicPartition, Long> ends = reader.consumer().endOffsets(reader.partitions());
        while (!reader.hasReached(ends)) {
            ConsumerRecords<byte[], byte[]> records = reader.poll();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                look(record, errors, sent);
            }
            for (TopicPartition partition : reader.partitions()) {
                position(partition).advance(errors, reader.consumer().position(partition));
            }
            if (!records.isEmpty()) {
                commit.run();
            }
        }
    }

    private void look(
            ConsumerRecord<byte[], byte[]> record,
            Set<ErrorClass> errors,
            Consumer<ConsumerRecord<byte[], byte[]>> sent) {
        Optional<ErrorClass> error = errorOf(record);
        if (error.isEmpty()) {
            report.addForeign();
        } else if (errors.contains(error.get())) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (position(partition).hasReplayed(error.get(), record.offset())) {
                report.addSentBefore();
            } else {
                sent.accept(record);
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

    @SuppressWarnings("FutureReturnValueIgnored") // the commit fails where one is not stored
    private static void forward(
            KafkaProducer<byte[], byte[]> producer, ConsumerRecord<byte[], byte[]> record, String to) {
        producer.send(new ProducerRecord<>(
                to, null, record.key(), record.value(), DeadLetterHeaders.withoutOurs(record.headers())));
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
