package dev.stampede.streaming.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.StampAlertWriter;
import dev.stampede.streaming.release.Promotion;
import dev.stampede.streaming.release.Release;
import dev.stampede.streaming.release.ReleaseSender;
import dev.stampede.streaming.release.ReleaseTopic;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.settings.StreamSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Releases of real, small models while alerts flow through a broker. Each test has topics of its own. */
@Tag("slow")
class ReleaseStreamTest {
    private static final int PARTITIONS = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static EmbeddedBroker broker;

    private final AtomicInteger sent = new AtomicInteger();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static StreamSettings settings(String name) {
        Map<String, String> given = new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.address(),
                "application.id",
                name,
                "topics.create",
                "true",
                "topics.partitions",
                String.valueOf(PARTITIONS),
                "threads",
                "2",
                "batch.max-alerts",
                "50"));
        for (String topic : List.of("alerts", "classifications", "dead-letters", "models", "shadow-classifications")) {
            given.put("topic." + topic, name + "-" + topic);
        }
        StreamSettings settings = StreamSettings.of(given);
        StreamTopics.require(settings);
        return settings;
    }

    private static TinyModel model(int version) {
        return TinyModel.standard().named("tiny", String.valueOf(version)).withThreshold(0.5f + version / 100f);
    }

    /** A stream that was started with version 0. */
    private static final class Running implements AutoCloseable {
        private final VerifiedModel configured = VerifiedModel.open(model(0).file());
        private final StreamMetrics metrics = new StreamMetrics();
        private final StampedeStream stream;

        Running(StreamSettings settings) {
            AlertScorerFactory scoring = new AlertScorerFactory(configured, 100_000, metrics, Clock.systemUTC());
            stream = StampedeStream.following(settings, scoring, (file, role) -> VerifiedModel.open(file));
            stream.begin();
        }

        HealthCheck releases() {
            return stream.readiness().stream()
                    .filter(check -> check.name().equals("releases"))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            stream.close();
            configured.close();
            assertThat(stream.failure()).isEmpty();
        }
    }

    private static void release(StreamSettings settings, TinyModel model, ReleaseRole role) {
        Promotion promotion = new Promotion("a test", Optional.empty(), Instant.EPOCH);
        ReleaseSender.send(
                Map.of("bootstrap.servers", broker.address()),
                settings.topics().models(),
                List.of(promotion.release(model.file(), model.contract(), role, Optional.empty())));
    }

    private static void rollback(StreamSettings settings) {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.address());
        Release live = ReleaseTopic.read(client, settings.topics().models())
                .newest(ReleaseRole.LIVE)
                .orElseThrow();
        Promotion promotion = new Promotion("a test", Optional.empty(), Instant.EPOCH);
        ReleaseSender.send(client, settings.topics().models(), List.of(promotion.retirement(live)));
    }

    private void send(StreamSettings settings, int count) {
        TinyModel stamps = model(0);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                String id = String.valueOf(sent.getAndIncrement());
                byte[] value =
                        StampAlertWriter.write(id, "DEEP", stamps.contract().planes(), stamps.stamp(i % 10, i));
                var unused =
                        producer.send(new ProducerRecord<>(settings.topics().alerts(), id.getBytes(UTF_8), value));
            }
        }
    }

    /** Sends alerts until {@code over}. */
    private void feedUntil(StreamSettings settings, BooleanSupplier over) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!over.getAsBoolean()) {
            assertThat(System.nanoTime()).as("fed in vain").isLessThan(deadline);
            send(settings, 20);
        }
    }

    /** All committed classifications, by partition in their order, once there are as many as alerts. */
    private List<List<Classification>> classifications(String topic) throws IOException {
        List<List<Classification>> byPartition = List.of(new ArrayList<>(), new ArrayList<>());
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            int count = 0;
            while (count < sent.get() && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    byPartition.get(record.partition()).add(Classifications.read(record.value()));
                    count++;
                }
            }
            // Doubles would still come, or stand here already.
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    byPartition.get(record.partition()).add(Classifications.read(record.value()));
                }
            }
        }
        return byPartition;
    }

    private void assertNoneLostOrDoubled(List<List<Classification>> byPartition) {
        assertThat(byPartition.stream().flatMap(List::stream).map(Classification::getAlertId))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, sent.get()).mapToObj(String::valueOf).toList());
    }

    private static List<String> versionsInOrder(List<Classification> reported) {
        List<String> versions = new ArrayList<>();
        for (Classification each : reported) {
            if (versions.isEmpty() || !versions.get(versions.size() - 1).equals(each.getModelVersion())) {
                versions.add(each.getModelVersion());
            }
        }
        return versions;
    }

    @Test
    void aReleaseTakesOverWhileAlertsFlowAndNoneIsLostOrDoubled() throws IOException {
        StreamSettings settings = settings("promote");
        try (Running running = new Running(settings)) {
            send(settings, 200);
            Polling.await(() -> classified(running) >= sent.get()); // so that each partition has some of each version
            release(settings, model(1), ReleaseRole.LIVE);
            feedUntil(settings, () -> running.releases().description().startsWith("live: tiny 1"));
            send(settings, 200);
            Polling.await(() -> classified(running) >= sent.get());
            release(settings, model(2), ReleaseRole.LIVE);
            feedUntil(settings, () -> running.releases().description().startsWith("live: tiny 2"));
            send(settings, 200);
            Polling.await(() -> classified(running) >= sent.get());
            rollback(settings);
            feedUntil(settings, () -> running.releases().description().startsWith("live: tiny 1"));
            send(settings, 200);
            List<List<Classification>> byPartition =
                    classifications(settings.topics().classifications());
            assertNoneLostOrDoubled(byPartition);
            assertThat(byPartition).allSatisfy(reported -> {
                assertThat(versionsInOrder(reported)).containsExactly("0", "1", "2", "1");
                assertThat(reported).allSatisfy(each -> {
                    int version = Integer.parseInt(each.getModelVersion());
                    assertThat(each.getModelSha256())
                            .isEqualTo(model(version).file().sha256());
                    assertThat(each.getThreshold())
                            .isEqualTo(model(version).contract().threshold());
                });
            });
            Polling.await(() -> running.stream.readiness().stream().allMatch(HealthCheck::holds));
            assertThat(running.metrics.registry().getSampleValue("stampede_unbatched_total"))
                    .isZero();
            assertThat(running.metrics.registry().getSampleValue("stampede_model_swaps_total"))
                    .isEqualTo(3);
        }
    }

    @Test
    void aStreamThatStartsComesUpWithWhatIsLive() throws IOException {
        StreamSettings settings = settings("restart");
        release(settings, model(1), ReleaseRole.LIVE);
        release(settings, model(2).withGoldenError(0.1), ReleaseRole.LIVE);
        send(settings, 100);
        try (Running running = new Running(settings)) {
            List<List<Classification>> byPartition =
                    classifications(settings.topics().classifications());
            assertNoneLostOrDoubled(byPartition);
            assertThat(byPartition.stream().flatMap(List::stream))
                    .extracting(Classification::getModelVersion)
                    .as("the newest is refused, the one before it judges from the first alert on")
                    .containsOnly("1");
            assertThat(running.releases().holds()).isFalse();
            assertThat(running.releases().description()).contains("rejected: tiny 2", "golden stamps");
        }
    }

    @Test
    void aShadowScoresEveryAlertBesideOnATopicOfItsOwn() throws IOException {
        StreamSettings settings = settings("shadow");
        release(settings, model(1), ReleaseRole.SHADOW);
        send(settings, 300);
        try (Running running = new Running(settings)) {
            List<List<Classification>> live = classifications(settings.topics().classifications());
            List<List<Classification>> shadow =
                    classifications(settings.topics().shadowClassifications());
            assertNoneLostOrDoubled(live);
            assertNoneLostOrDoubled(shadow);
            assertThat(live.stream().flatMap(List::stream))
                    .extracting(Classification::getModelVersion)
                    .containsOnly("0");
            assertThat(shadow.stream().flatMap(List::stream))
                    .extracting(Classification::getModelVersion)
                    .containsOnly("1");
            assertThat(running.releases().description()).contains("shadow: tiny 1");
        }
    }

    @Test
    void whatIsNoReleaseIsSaidAndPassedOver() {
        StreamSettings settings = settings("unreadable");
        try (Running running = new Running(settings)) {
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.address()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                var unused =
                        producer.send(new ProducerRecord<>(settings.topics().models(), new byte[] {1}, new byte[] {2}));
            }
            Polling.await(() -> !running.releases().holds());
            assertThat(running.releases().description()).contains("the record at offset 0", "is not a release");
            release(settings, model(1), ReleaseRole.LIVE);
            Polling.await(() -> running.releases().description().startsWith("live: tiny 1"));
            assertThat(running.releases().holds()).isTrue();
        }
    }

    @Test
    void theTopicOfReleasesIsMadeCompactedAndWithOnePartition() throws Exception {
        StreamSettings settings = settings("made");
        ConfigResource topic =
                new ConfigResource(ConfigResource.Type.TOPIC, settings.topics().models());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            assertThat(admin.describeConfigs(List.of(topic)).all().get().values())
                    .singleElement()
                    .satisfies(config -> assertThat(config.entries())
                            .anySatisfy(entry -> assertThat(entry.name() + "=" + entry.value())
                                    .isEqualTo("cleanup.policy=compact")));
        }
        assertThat(StreamTopics.require(settings))
                .containsEntry(settings.topics().models(), 1)
                .containsEntry(settings.topics().shadowClassifications(), PARTITIONS);
        assertThat(StreamTopics.warnings(settings)).isEmpty();
    }

    @Test
    void refusesATopicOfReleasesOfSeveralPartitions() {
        broker.createTopics(3, List.of("several-models"));
        StreamSettings settings = settings("several");
        assertThatExceptionOfType(StampedeException.class)
                .isThrownBy(() -> new Running(settings))
                .withMessageContaining("The topic several-models has 3 partitions")
                .withMessageContaining("cleanup.policy=compact");
    }

    private static double classified(Running running) {
        return List.of("real", "bogus", "abstain").stream()
                .mapToDouble(outcome -> running.metrics
                        .registry()
                        .getSampleValue("stampede_alerts_total", new String[] {"outcome"}, new String[] {outcome}))
                .sum();
    }
}
