package dev.stampede.streaming.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.schemas.Classification;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.BrokerSettings;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.command.CommandOutput;
import dev.stampede.streaming.explain.ExplanationSettings;
import dev.stampede.streaming.explain.StampExplainerFactory;
import dev.stampede.streaming.kafka.TopicCheckException;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.ActiveModels;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.VerifiedModel;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream against a broker. Each test has topics of its own. */
@Tag("slow")
class StampedeStreamTest {
    private static final int PARTITIONS = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static EmbeddedBroker broker;

    @TempDir
    private static Path folder;

    private final FirstPixelModel model = new FirstPixelModel();
    private final StreamMetrics metrics = new StreamMetrics();
    private final AlertScorerFactory scoring = new AlertScorerFactory(model, 100_000, metrics, Clock.systemUTC());

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(
                folder, BrokerSettings.singleNode(0).with(Map.of("group.min.session.timeout.ms", "1000")));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static StreamSettings settings(String name) {
        return StreamSettings.of(given(name));
    }

    private static Map<String, String> given(String name) {
        return Map.of(
                "bootstrap.servers",
                broker.address(),
                // A stream that failed does not leave its group: the next waits for this to pass.
                "main.consumer.session.timeout.ms",
                "1500",
                "main.consumer.heartbeat.interval.ms",
                "400",
                "application.id",
                name,
                "topic.alerts",
                name + "-alerts",
                "topic.classifications",
                name + "-classifications",
                "topic.dead-letters",
                name + "-dead-letters",
                "topic.models",
                "");
    }

    private static StreamSettings explainers(String name) {
        Map<String, String> given = new HashMap<>(given(name));
        given.put("explain.policy", "all");
        given.put("explain.max-per-second", "1000000");
        given.put("topic.explanations", name + "-explanations");
        given.put("topic.explanation-requests", name + "-explanation-requests");
        StreamSettings settings = StreamSettings.of(given);
        broker.createTopics(PARTITIONS, settings.topics().all());
        return settings;
    }

    private StampedeStream startExplaining(StreamSettings settings) {
        ActiveModels models = new ActiveModels(model, metrics);
        StampExplainerFactory explainers = StampExplainerFactory.of(models, ExplanationSettings.of(settings), metrics);
        return StampedeStream.start(
                settings,
                new AlertScorerFactory(models, settings.input(), metrics, Clock.systemUTC(), explainers.decorator()),
                explainers);
    }

    private static StreamSettings settingsWithTopics(String name) {
        StreamSettings settings = settings(name);
        broker.createTopics(PARTITIONS, settings.usedTopics());
        return settings;
    }

    @Test
    void givesEveryAlertOneOutcomeAcrossARestart() throws InterruptedException {
        StreamSettings settings = settingsWithTopics("conservation");
        int alerts = 6000;
        try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
            send(settings, 0, alerts / 2);
            awaitOutcomes(500);
            assertThat(stream.failure()).isEmpty();
        } // in the middle of its work
        send(settings, alerts / 2, alerts);
        try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
            Polling.await(() -> committed(settings.topics().classifications()).size()
                            + committed(settings.topics().deadLetters()).size()
                    >= alerts);
            assertThat(stream.failure()).isEmpty();
        }
        List<ConsumerRecord<byte[], byte[]>> classified =
                committed(settings.topics().classifications());
        List<ConsumerRecord<byte[], byte[]>> deadLettered =
                committed(settings.topics().deadLetters());
        assertThat(keys(classified))
                .containsExactlyInAnyOrderElementsOf(
                        ids(IntStream.range(0, alerts).filter(i -> i % 5 != 0)));
        assertThat(keys(deadLettered))
                .containsExactlyInAnyOrderElementsOf(
                        ids(IntStream.range(0, alerts).filter(i -> i % 5 == 0)));
        assertThat(deadLettered)
                .allSatisfy(record ->
                        assertThat(record.value()).isEqualTo(value(Integer.parseInt(new String(record.key(), UTF_8)))));
        assertThat(metrics.registry().getSampleValue("stampede_unbatched_total"))
                .isZero();
        assertThat(model.batches.stream().mapToInt(size -> size).max().orElse(0))
                .as("the largest batch")
                .isGreaterThan(10);
    }

    /** One in five garbage, one in five blank, the rest good. */
    private static byte @Nullable [] value(int i) {
        String id = String.valueOf(i);
        return switch (i % 5) {
            case 0 -> i % 2 == 0 ? null : Arrays.copyOf(SingleObject.write(Alerts.uniform(id, 0.5f)), 100 + i % 50);
            case 1 -> SingleObject.write(Alerts.uniform(id, Float.NaN));
            default -> SingleObject.write(Alerts.uniform(id, i % 5 == 2 ? 0.9f : 0.1f));
        };
    }

    @Test
    void reproducesThePublishedScoresWithTheNetworkOfTheSurvey() throws IOException, InterruptedException {
        Path packets = RealData.folder("drb");
        Path braai = adoptBraai(packets);
        StreamSettings settings = settingsWithTopics("braai");
        List<ProducerRecord<byte[], byte[]>> alerts = new ArrayList<>();
        try (Stream<Path> files = Files.list(packets)) {
            for (Path file : files.toList()) {
                alerts.add(record(settings, file.toString(), Files.readAllBytes(file)));
            }
        }
        send(alerts);
        try (VerifiedModel adopted = VerifiedModel.open(ModelFile.read(braai));
                StampedeStream stream = StampedeStream.start(
                        settings, new AlertScorerFactory(adopted, settings.input(), metrics, Clock.systemUTC()))) {
            Polling.await(() -> committed(settings.topics().classifications()).size() >= alerts.size());
            assertThat(stream.failure()).isEmpty();
        }
        assertThat(committed(settings.topics().classifications()))
                .hasSameSizeAs(alerts)
                .allSatisfy(record -> {
                    Classification output = Classifications.read(record.value());
                    assertThat((double) output.getProbability()).isEqualTo(output.getSurveyScore(), within(1e-5));
                });
    }

    private static Path adoptBraai(Path packets) {
        Path braai = folder.resolve("braai.onnx");
        Path network = RealData.folder("models").resolve("braai_d6_m7.onnx");
        List<Object> command =
                new ArrayList<>(List.of("adopt", network, "--name", "braai", "--model-version", "d6_m7"));
        command.addAll(List.of("--planes", "science,template,difference", "--recipe", "l2-row"));
        command.addAll(
                List.of("--pad", "corner:1e-9", "--golden", packets, "--expect", "candidate.drb", "--out", braai));
        CommandOutput adopted = CommandOutput.by(command.toArray());
        assertThat(adopted.exitCode()).as(adopted.err()).isZero();
        return braai;
    }

    @Test
    void goesOnSinglyWhereBatchesFailButIsNotReady() throws InterruptedException {
        StreamSettings settings = settingsWithTopics("singly");
        send(settings, 0, 100);
        model.failOn(size -> size > 1);
        try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
            awaitOutcomes(100);
            assertThat(stream.failure()).isEmpty();
            assertThat(stream.liveness()).allMatch(HealthCheck::holds);
            assertThat(stream.readiness())
                    .filteredOn(check -> !check.holds())
                    .extracting(HealthCheck::name)
                    .containsExactly("batching");
            assertThat(metrics.registry().getSampleValue("stampede_unbatched_total"))
                    .isGreaterThan(50);
        }
        assertThat(model.closed).hasValue(model.opened.get());
    }

    @Test
    void stopsWhereTheScorerFailsAndJudgesTheAlertsAfterARestart() throws InterruptedException {
        StreamSettings settings = settingsWithTopics("failing");
        send(settings, 0, 50);
        model.failOn(size -> true);
        try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
            assertThat(stream.awaitEnd(TIMEOUT)).isTrue();
            assertThat(stream.failure())
                    .hasValueSatisfying(
                            failure -> assertThat(failure).hasStackTraceContaining("the engine is on fire"));
            assertThat(stream.liveness()).noneMatch(HealthCheck::holds);
            assertThat(stream.state()).isNotEqualTo(KafkaStreams.State.RUNNING);
        }
        model.failOn(size -> false);
        try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
            Polling.await(() -> committed(settings.topics().classifications()).size() == 40);
            Polling.await(() -> committed(settings.topics().deadLetters()).size() == 10);
            assertThat(stream.failure()).isEmpty();
        }
    }

    @Test
    void explainsEveryVerdictOnceAcrossARestart() throws InterruptedException {
        StreamSettings settings = explainers("explained");
        int alerts = 3000;
        send(settings, 0, alerts / 2);
        try (StampedeStream stream = startExplaining(settings)) {
            awaitOutcomes(500);
            assertThat(stream.failure()).isEmpty();
        } // in the middle of its work
        send(settings, alerts / 2, alerts);
        List<String> classified = ids(IntStream.range(0, alerts).filter(i -> i % 5 > 1));
        try (StampedeStream stream = startExplaining(settings)) {
            Polling.await(() -> committed(settings.topics().explanations()).size() >= classified.size());
            assertThat(stream.readiness()).allMatch(HealthCheck::holds);
            assertThat(kafka("kafka_consumer_records_total", "explanations")).isPositive();
        }
        assertThat(keys(committed(settings.topics().classifications()))).containsAll(classified);
        assertThat(keys(committed(settings.topics().explanationRequests())))
                .containsExactlyInAnyOrderElementsOf(classified);
        assertThat(keys(committed(settings.topics().explanations()))).containsExactlyInAnyOrderElementsOf(classified);
    }

    @Test
    void goesOnJudgingWhereExplanationsFailAndSaysSo() throws InterruptedException {
        StreamSettings settings = explainers("unexplained");
        model.failExplanations(true);
        try (StampedeStream stream = startExplaining(settings)) {
            send(settings, 0, 50);
            Polling.await(() -> stream.readiness().stream()
                    .anyMatch(check -> check.description().contains("stopped: ")));
            assertThat(stream.readiness())
                    .filteredOn(check -> check.description().contains("stopped: "))
                    .extracting(HealthCheck::name)
                    .containsExactly("explanations");
            send(settings, 50, 100);
            awaitOutcomes(100);
            assertThat(stream.failure()).isEmpty();
            assertThat(stream.liveness()).allMatch(HealthCheck::holds);
        }
        model.failExplanations(false);
        try (StampedeStream stream = startExplaining(settings)) {
            Polling.await(() -> committed(settings.topics().explanations()).size() == 60);
            assertThat(stream.failure()).isEmpty();
        }
    }

    @Test
    void becomesReady() throws InterruptedException {
        StreamSettings settings = settingsWithTopics("ready");
        try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
            Polling.await(() -> stream.readiness().stream().allMatch(HealthCheck::holds));
            assertThat(stream.readiness())
                    .extracting(HealthCheck::name)
                    .containsExactly(
                            "model", "engine", "schemas", "kafka", "topics", "streams", "lag", "batching", "domain");
            assertThat(metrics.registry()
                            .getSampleValue(
                                    "stampede_execution_provider_info", new String[] {"provider"}, new String[] {"cpu"
                                    }))
                    .isOne();
        }
    }

    @Test
    void exposesTheStateAndTheLagOfKafkaOnlyWhileItRuns() throws InterruptedException {
        StreamSettings settings = settingsWithTopics("kafka-metrics");
        send(settings, 0, 10);
        try (StampedeStream stream = StampedeStream.start(settings, scoring)) {
            awaitOutcomes(10);
            Polling.await(() -> kafka("kafka_consumer_records_total", "verdicts") >= 10);
            assertThat(metrics.registry()
                            .getSampleValue(
                                    "kafka_consumer_lag_records",
                                    new String[] {"stream", "topic", "partition"},
                                    new String[] {"verdicts", "kafka-metrics-alerts", "0"}))
                    .isNotNull();
            assertThat(kafka("kafka_consumer_connections", "verdicts")).isPositive();
            assertThat(kafka("kafka_streams_alive_threads", "verdicts")).isOne();
            assertThat(kafka("kafka_producer_record_errors_total", "verdicts")).isZero();
            assertThat(stream.state()).isEqualTo(KafkaStreams.State.RUNNING);
            assertThat(metrics.registry()
                            .getSampleValue("kafka_streams_state", new String[] {"stream", "state"}, new String[] {
                                "verdicts", "running"
                            }))
                    .isOne();
        }
        assertThat(kafka("kafka_streams_alive_threads", "verdicts")).isNaN();
    }

    private double kafka(String name, String stream) {
        Double value = metrics.registry().getSampleValue(name, new String[] {"stream"}, new String[] {stream});
        return value == null ? Double.NaN : value;
    }

    @Test
    void refusesToStartWithoutItsTopicsAndNamesThem() {
        StreamSettings settings = settings("absent");
        broker.createTopics(1, List.of("absent-alerts"));
        assertThatExceptionOfType(TopicCheckException.class)
                .isThrownBy(() -> StampedeStream.start(settings, scoring))
                .withMessageContaining("absent-classifications, absent-dead-letters")
                .withMessageNotContaining("absent-alerts");
    }

    private static void send(StreamSettings settings, int from, int to) {
        send(IntStream.range(from, to)
                .mapToObj(i -> record(settings, String.valueOf(i), value(i)))
                .toList());
    }

    private static ProducerRecord<byte[], byte[]> record(StreamSettings settings, String key, byte @Nullable [] value) {
        return new ProducerRecord<>(settings.topics().alerts(), key.getBytes(UTF_8), value);
    }

    private static void send(List<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                var unused = producer.send(record);
            }
        }
    }

    private void awaitOutcomes(int minimum) throws InterruptedException {
        Polling.await(() -> List.of("real", "bogus", "abstain", "dead_letter").stream()
                        .mapToDouble(outcome -> metrics.registry()
                                .getSampleValue(
                                        "stampede_alerts_total", new String[] {"outcome"}, new String[] {outcome}))
                        .sum()
                >= minimum);
    }

    /** Every committed record of a topic, from its start to where it ends now. */
    private static List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Set<Map.Entry<TopicPartition, Long>> ends =
                    consumer.endOffsets(partitions).entrySet();
            while (ends.stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private static List<String> keys(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> new String(record.key(), UTF_8)).toList();
    }

    private static List<String> ids(IntStream numbers) {
        return numbers.mapToObj(String::valueOf).toList();
    }
}
