package dev.stampede.streaming.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.kafka.InputTopics;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.wire.SingleObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream of topics that a survey creates each night. */
@Tag("slow")
class NightTopicsTest {
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private static EmbeddedBroker broker;

    @TempDir
    private static Path folder;

    private final FirstPixelModel model = new FirstPixelModel();
    private final StreamMetrics metrics = new StreamMetrics();
    private final AlertScorerFactory scoring = new AlertScorerFactory(model, 100_000, metrics, Clock.systemUTC());

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(folder, 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static StreamSettings settings(String name, Map<String, String> more) {
        Map<String, String> given = new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.address(),
                "application.id",
                name,
                "topic.alerts",
                name + "_\\d{8}_programid1",
                "topic.discovery-ms",
                "500",
                "topic.classifications",
                name + "-classifications",
                "topic.dead-letters",
                name + "-dead-letters",
                "topic.models",
                ""));
        given.putAll(more);
        StreamSettings settings = StreamSettings.of(given);
        broker.createTopics(2, settings.usedTopics());
        return settings;
    }

    private String night(String name, int daysAgo) {
        return name + "_" + today.minusDays(daysAgo).toString().replace("-", "") + "_programid1";
    }

    private static void send(String topic, int from, int to) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = from; i < to; i++) {
                String id = String.valueOf(i);
                byte[] value = i % 10 == 0 ? id.getBytes(UTF_8) : SingleObject.write(Alerts.uniform(id, 0.9f));
                var unused = producer.send(new ProducerRecord<>(topic, id.getBytes(UTF_8), value));
            }
        }
    }

    private static List<String> outcomes(StreamSettings settings) {
        List<String> keys = new ArrayList<>();
        try (TopicReader reader = TopicReader.ofRanges(Map.of("bootstrap.servers", broker.address()))) {
            for (String topic : List.of(
                    settings.topics().classifications(), settings.topics().deadLetters())) {
                TopicRange range = reader.range(topic, TimeRange.ALL);
                reader.read(range, record -> keys.add(new String(record.key(), UTF_8)));
            }
        }
        return keys;
    }

    private double metric(String name, Map<String, String> labels) {
        Double value = metrics.registry()
                .getSampleValue(
                        name,
                        labels.keySet().toArray(String[]::new),
                        labels.values().toArray(String[]::new));
        return value == null ? Double.NaN : value;
    }

    private double outcomesOf(String topic) {
        return IntStream.range(0, 3)
                .mapToDouble(partition -> metrics.outcomesOf(topic, partition).get())
                .sum();
    }

    @Test
    @Tag("system") // a topic that is deleted is missed for half a minute
    void readsTheTopicOfTonightFromItsFirstAlertAndNoNightBeforeTheOldest() throws Exception {
        String name = "ztf";
        StreamSettings settings = settings(
                name, Map.of("threads", "2", "topic.oldest", today.minusDays(7).toString()));
        String yesterday = night(name, 1);
        String tonight = night(name, 0);
        String tooOld = night(name, 8);
        broker.createTopics(3, List.of(yesterday, tooOld));
        send(tooOld, 1000, 1010);
        send(yesterday, 0, 100);
        assertThat(StreamTopics.inputs(settings)).isEqualTo(new InputTopics(List.of(yesterday), List.of(tooOld)));
        try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
            Polling.await(() -> outcomes(settings).size() == 100);
            long created = System.nanoTime();
            broker.createTopics(1, List.of(tonight));
            send(tonight, 100, 150);
            Polling.await(() -> outcomesOf(tonight) >= 50);
            assertThat((System.nanoTime() - created) / 1e9)
                    .as("seconds; discovery takes up to 0.5, the rest is a rebalance on a busy machine")
                    .isLessThan(20);
            Polling.await(() -> metric("stampede_input_topics", Map.of("state", "read")) == 2);
            assertThat(metric("stampede_input_topics", Map.of("state", "too_old")))
                    .isOne();
            Polling.await(() -> stream.readiness().stream().allMatch(HealthCheck::holds));
            assertThat(stream.status().lag()).hasValue(0);
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
                admin.deleteTopics(List.of(yesterday)).all().get();
            }
            send(tonight, 150, 160);
            Polling.await(() -> outcomesOf(tonight) >= 60);
            Polling.await(() -> metric("stampede_input_topics", Map.of("state", "read")) == 1);
            Polling.await(() -> outcomes(settings).size() >= 160);
            Polling.await(() -> stream.readiness().stream().allMatch(HealthCheck::holds));
            assertThat(stream.failure()).isEmpty();
            assertThat(outcomesOf(yesterday)).isGreaterThanOrEqualTo(100);
        }
        assertThat(outcomes(settings))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 160).mapToObj(String::valueOf).toList());
        assertThat(metrics.registry().getSampleValue("stampede_unbatched_total"))
                .as("new topics are scored in batches too")
                .isZero();
    }

    @Test
    @Tag("system")
    void readsEachNightOnceWithTwoInstances() throws Exception {
        String name = "two";
        StreamSettings settings =
                settings(name, Map.of("topic.oldest", today.minusDays(1).toString()));
        broker.createTopics(2, List.of(night(name, 2), night(name, 1)));
        send(night(name, 2), 1000, 1010);
        send(night(name, 1), 0, 50);
        try (StampedeStream first = StampedeStream.start(settings, scoring);
                StampedeStream second = StampedeStream.start(
                        settings, new AlertScorerFactory(model, 100_000, new StreamMetrics(), Clock.systemUTC()))) {
            Polling.await(() -> outcomes(settings).size() >= 50);
            broker.createTopics(2, List.of(night(name, 0)));
            send(night(name, 0), 50, 100);
            Polling.await(() -> outcomes(settings).size() >= 100);
            for (StampedeStream stream : List.of(first, second)) {
                Polling.await(() -> stream.readiness().stream().allMatch(HealthCheck::holds));
                assertThat(stream.failure()).isEmpty();
            }
        }
        assertThat(outcomes(settings))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).mapToObj(String::valueOf).toList());
    }

    @Test
    void startsBeforeTheFirstTopicExists() throws Exception {
        String name = "early";
        StreamSettings settings = settings(name, Map.of());
        try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
            Polling.await(() -> metric("stampede_input_topics", Map.of("state", "read")) == 0);
            broker.createTopics(2, List.of(night(name, 0)));
            send(night(name, 0), 0, 20);
            Polling.await(() -> outcomesOf(night(name, 0)) == 20);
            assertThat(stream.failure()).isEmpty();
        }
        assertThat(outcomes(settings)).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void readsEveryTopicOfAList() throws Exception {
        StreamSettings settings = settings("list", Map.of("topic.alerts", "list-a,list-b"));
        send("list-a", 0, 30);
        send("list-b", 30, 50);
        try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
            Polling.await(() -> outcomesOf("list-a") + outcomesOf("list-b") == 50);
            assertThat(stream.failure()).isEmpty();
        }
        assertThat(outcomes(settings)).hasSize(50).doesNotHaveDuplicates();
        try (TopicReader reader = TopicReader.ofRanges(Map.of("bootstrap.servers", broker.address()))) {
            assertThat(reader.ranges(settings.alertTopics(), TimeRange.ALL))
                    .extracting(TopicRange::topic)
                    .containsExactly("list-a", "list-b");
        }
        try (TopicReader reader =
                TopicReader.open(Map.of("bootstrap.servers", broker.address()), settings.alertTopics())) {
            assertThat(reader.partitions()).hasSize(4);
        }
    }
}
