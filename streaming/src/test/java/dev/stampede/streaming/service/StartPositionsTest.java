package dev.stampede.streaming.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.error.StampedeException;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start after a stop that was longer than the retention of the alerts, or of the positions. */
@Tag("slow")
class StartPositionsTest {
    private static final Map<String, Integer> PARTITIONS = Map.of("alerts", 3, "classifications", 3, "dead-letters", 3);

    @TempDir
    private Path folder;

    private final StreamMetrics metrics = new StreamMetrics();

    private static StreamSettings settings(EmbeddedBroker broker, String... more) {
        Map<String, String> given = new HashMap<>(Map.of("bootstrap.servers", broker.address(), "topic.models", ""));
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        return StreamSettings.of(given);
    }

    /** Ten alerts in each of three partitions; the position of 1 is deleted, that of 2 never existed. */
    private static void fill(EmbeddedBroker broker) throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.address());
        try (KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
                Admin admin = Admin.create(client)) {
            for (int i = 0; i < 30; i++) {
                String id = String.valueOf(i);
                producer.send(new ProducerRecord<>(
                                "alerts", i % 3, id.getBytes(UTF_8), SingleObject.write(Alerts.uniform(id, 0.9f))))
                        .get();
            }
            admin.alterConsumerGroupOffsets(
                            "stampede",
                            Map.of(
                                    new TopicPartition("alerts", 0), new OffsetAndMetadata(8),
                                    new TopicPartition("alerts", 1), new OffsetAndMetadata(3)))
                    .all()
                    .get();
            admin.deleteRecords(Map.of(new TopicPartition("alerts", 1), RecordsToDelete.beforeOffset(7)))
                    .all()
                    .get();
        }
    }

    @Test
    void areReportedCountedAndContinuedFromTheFirstAvailableRecord() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            StreamSettings settings = settings(broker);
            broker.createTopics(3, settings.usedTopics());
            fill(broker);
            StartPositions positions = StartPositions.of(settings, PARTITIONS);
            assertThat(positions.describe())
                    .containsExactly(
                            "Up to 4 records of alerts-1 were deleted before the group stampede read them (offsets 3 to 6): the"
                                    + " stream was stopped for longer than the retention of the topic; the stream reads"
                                    + " from the first available record (auto.offset.reset=earliest).",
                            "The group stampede has no position in alerts-2 (10), records in parentheses: the stream reads"
                                    + " from the first available record (auto.offset.reset=earliest).");
            positions.record(metrics);
            positions.record(metrics); // as at a second start
            assertThat(metrics.registry()
                            .getSampleValue("stampede_lost_records", new String[] {"topic", "partition"}, new String[] {
                                "alerts", "1"
                            }))
                    .isEqualTo(4);
            assertThat(StartPositions.of(settings(broker, "main.consumer.auto.offset.reset", "latest"), PARTITIONS)
                            .describe())
                    .first()
                    .asString()
                    .contains("skips the available records (auto.offset.reset=latest)");
            StartPositions strict = StartPositions.of(settings(broker, "topic.lost-offsets", "stop"), PARTITIONS);
            assertThatExceptionOfType(StampedeException.class)
                    .isThrownBy(strict::describe)
                    .withMessageContaining("Up to 4 records of alerts-1")
                    .withMessageContaining("topic.lost-offsets=stop; set continue");
            AlertScorerFactory scoring =
                    new AlertScorerFactory(new FirstPixelModel(), 100_000, metrics, Clock.systemUTC());
            try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
                Polling.await(() -> List.of(0, 1, 2).stream()
                                .mapToDouble(partition ->
                                        metrics.outcomesOf("alerts", partition).get())
                                .sum()
                        == 2 + 3 + 10);
                assertThat(stream.failure()).isEmpty();
            }
            assertThat(StartPositions.of(settings, PARTITIONS).describe()).isEmpty();
            verifyLossOfAllPositions(broker);
        }
    }

    /** As brokers do when {@code offsets.retention.minutes} is over. */
    private static void verifyLossOfAllPositions(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.deleteConsumerGroups(List.of("stampede")).all().get();
        }
        assertThat(StartPositions.of(settings(broker), PARTITIONS).describe())
                .containsExactly(
                        "The group stampede has no position in alerts-0 (10), alerts-1 (3), alerts-2 (10), records in"
                                + " parentheses, although there are outcomes: either the group is new, or brokers deleted"
                                + " its positions because it was stopped for longer than offsets.retention.minutes; the"
                                + " stream reads from the first available record (auto.offset.reset=earliest). In the"
                                + " latter case records that have an outcome get another one.");
        StartPositions strict = StartPositions.of(settings(broker, "topic.lost-offsets", "stop"), PARTITIONS);
        assertThatExceptionOfType(StampedeException.class)
                .isThrownBy(strict::describe)
                .withMessageContaining(
                        "topic.lost-offsets=stop; set continue to start nevertheless, or set the positions")
                .withMessageContaining("kafka-consumer-groups.sh --reset-offsets");
    }
}
