package dev.stampede.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.CoaddKind;
import dev.stampede.schemas.StampAlert;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.streaming.wire.SingleObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TopicWarningsTest {
    private static List<String> warnings(Map<String, String> alerts, Map<String, String> deadLetters) {
        return TopicWarnings.of(
                List.of("alerts"),
                TopicNames.DEFAULT,
                topic -> topic.equals("alerts") ? alerts : topic.equals("dead-letters") ? deadLetters : Map.of());
    }

    @Test
    void warnsOfARetentionThatAnOutageOutlives() {
        assertThat(warnings(Map.of("retention.ms", "5400000"), Map.of()))
                .singleElement()
                .asString()
                .contains("topic alerts retains alerts for only 1 h 30 min", "retention.ms=5400000", "one day or more");
        assertThat(warnings(Map.of("retention.ms", "2500"), Map.of()))
                .singleElement()
                .asString()
                .contains("for only 2.5 s");
    }

    @Test
    void isContentWithADayAndWithForEver() {
        assertThat(warnings(Map.of("retention.ms", "86400000"), Map.of())).isEmpty();
        assertThat(warnings(Map.of("retention.ms", "-1"), Map.of())).isEmpty();
    }

    @Test
    void warnsOfAlertsThatAreCompacted() {
        assertThat(warnings(Map.of("cleanup.policy", "compact,delete"), Map.of()))
                .singleElement()
                .asString()
                .contains("is compacted", "cleanup.policy=compact,delete");
    }

    @Test
    void warnsOfDeadLettersThatTheirTopicWouldRefuse() {
        assertThat(warnings(Map.of("max.message.bytes", "1048588"), Map.of("max.message.bytes", "1048588")))
                .singleElement()
                .asString()
                .contains("dead-letters accepts records of up to 1048588 bytes", "to 1114124");
        assertThat(warnings(Map.of("max.message.bytes", "1048588"), Map.of("max.message.bytes", "1114124")))
                .isEmpty();
    }

    @Test
    void saysNothingOfSettingsThatItCannotSee() {
        assertThat(warnings(Map.of(), Map.of())).isEmpty();
    }

    @Test
    @Tag("slow")
    void findsNothingWrongWithTheTopicsItMakesItself() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            StreamSettings made = StreamSettings.of(
                    Map.of("bootstrap.servers", broker.address(), "topics.create", "true", "topics.partitions", "1"));
            StreamTopics.require(made);
            assertThat(StreamTopics.warnings(made)).isEmpty();

            StreamSettings others = StreamSettings.of(Map.of(
                    "bootstrap.servers",
                    broker.address(),
                    "topic.alerts",
                    "theirs",
                    "topic.dead-letters",
                    "theirs-too"));
            broker.createTopics(1, List.of("theirs", "theirs-too"));
            assertThat(StreamTopics.warnings(others)).singleElement().asString().contains("theirs-too accepts records");
        }
    }

    /** With the default of {@code alert.max-bytes} and the topics that the stream creates. */
    @Test
    @Tag("slow")
    void acceptsRecordsOfTwoMegabytesOnTheTopicsItMakesItself() throws IOException {
        byte[] large = SingleObject.write(
                Alerts.with("large", Alerts.coadd(CoaddKind.MEDIAN, 725, 725, new float[725 * 725])));
        byte[] container = container(1200);
        byte[] undecodable = new byte[2 << 20];
        assertThat(List.of(large.length, container.length)).allMatch(length -> length > 2 << 20);
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            StreamSettings settings = StreamSettings.of(
                    Map.of("bootstrap.servers", broker.address(), "topics.create", "true", "topic.models", ""));
            StreamTopics.require(settings);
            Map<String, Object> client =
                    Map.of("bootstrap.servers", broker.address(), "max.request.size", String.valueOf(8 << 20));
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (byte[] value : List.of(large, container, undecodable)) {
                    var unused = producer.send(new ProducerRecord<>("alerts", value));
                }
            }
            StreamMetrics metrics = new StreamMetrics();
            AlertScorerFactory scoring =
                    new AlertScorerFactory(new FirstPixelModel(), settings.input(), metrics, Clock.systemUTC());
            try (StampedeStream stream = StampedeStream.start(settings, scoring);
                    TopicReader reader = TopicReader.ofRanges(Map.of("bootstrap.servers", broker.address()))) {
                Polling.await(() -> records(reader, "classifications").size() >= 1201);
                Polling.await(() -> !records(reader, "dead-letters").isEmpty());
                assertThat(stream.failure()).isEmpty();
                assertThat(records(reader, "classifications")).hasSize(1201);
                assertThat(records(reader, "dead-letters"))
                        .singleElement()
                        .satisfies(record -> assertThat(record.value()).isEqualTo(undecodable));
            }
        }
    }

    private static byte[] container(int alerts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<StampAlert> file = new DataFileWriter<>(new SpecificDatumWriter<>(StampAlert.class))) {
            file.create(StampAlert.getClassSchema(), bytes);
            for (int i = 0; i < alerts; i++) {
                file.append(Alerts.uniform(String.valueOf(i), 0.9f));
            }
        }
        return bytes.toByteArray();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(TopicReader reader, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        reader.read(reader.range(topic, TimeRange.ALL), records::add);
        return records;
    }

    @Test
    @Tag("slow")
    void waitsForTopicsThatTheBrokerDoesNotKnowYet() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            StreamSettings settings =
                    StreamSettings.of(Map.of("bootstrap.servers", broker.address(), "topic.models", ""));
            CompletableFuture<Void> made = CompletableFuture.runAsync(
                    () -> broker.createTopics(1, TopicNames.DEFAULT.all()),
                    CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));

            assertThat(StreamTopics.warnings(settings))
                    .singleElement()
                    .asString()
                    .contains("dead-letters accepts records");
            made.join();
        }
    }
}
