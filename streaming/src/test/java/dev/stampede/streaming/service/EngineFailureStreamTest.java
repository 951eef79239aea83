package dev.stampede.streaming.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Classification;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.BreakingModel;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.monitor.HealthCheck;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.EngineFailedException;
import dev.stampede.streaming.scoring.FailoverModel;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.settings.EngineFailurePolicy;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A GPU that breaks under a running stream; no GPU is needed to see what the stream does then. */
@Tag("slow")
class EngineFailureStreamTest {
    private static final int ALERTS = 300;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static EmbeddedBroker broker;

    private final StreamMetrics metrics = new StreamMetrics();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static StreamSettings settings(String name) {
        return StreamSettings.of(Map.of(
                "bootstrap.servers",
                broker.address(),
                "application.id",
                name,
                "batch.max-alerts",
                "50",
                "topics.create",
                "true",
                "topics.partitions",
                "1",
                "topic.alerts",
                name + "-alerts",
                "topic.classifications",
                name + "-classifications",
                "topic.dead-letters",
                name + "-dead-letters"));
    }

    private AlertScorerFactory scoring(EngineFailurePolicy policy) {
        ModelHandle gpu = BreakingModel.after(2, new FirstPixelModel());
        ModelHandle model = FailoverModel.over(gpu, policy, FirstPixelModel::new, metrics);
        return new AlertScorerFactory(model, 100_000, metrics, Clock.systemUTC());
    }

    @Test
    void goesOnWithTheCpuSaysSoAndIsNotReady() throws IOException {
        StreamSettings settings = settings("goes-on");
        StreamTopics.require(settings);
        send(settings);
        try (StampedeStream stream = StampedeStream.start(settings, scoring(EngineFailurePolicy.CPU))) {
            List<String> providers = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : committed(settings, ALERTS)) {
                Classification reported = Classifications.read(record.value());
                providers.add(reported.getExecutionProvider().toString());
            }
            assertThat(providers).hasSize(ALERTS).startsWith("cuda").endsWith("cpu");
            assertThat(providers.subList(providers.indexOf("cpu"), ALERTS)).containsOnly("cpu");
            assertThat(stream.failure()).isEmpty();
            assertThat(stream.liveness()).allMatch(HealthCheck::holds);
            assertThat(stream.readiness())
                    .filteredOn(check -> !check.holds())
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.name()).isEqualTo("engine");
                        assertThat(check.description())
                                .contains("cuda failed", "CUDA failure 700", "running on cpu since then");
                    });
            assertThat(metrics.registry()
                            .getSampleValue(
                                    "stampede_execution_provider_info", new String[] {"provider"}, new String[] {"cpu"
                                    }))
                    .isOne();
            assertThat(metrics.registry().getSampleValue("stampede_unbatched_total"))
                    .isZero();
        }
    }

    @Test
    void stopsWithOneClearCauseAndMakesNoDeadLetterOfIt() throws InterruptedException {
        StreamSettings settings = settings("stops");
        StreamTopics.require(settings);
        send(settings);
        try (StampedeStream stream = StampedeStream.start(settings, scoring(EngineFailurePolicy.STOP))) {
            assertThat(stream.awaitEnd(TIMEOUT)).isTrue();
            assertThat(stream.failure())
                    .hasValueSatisfying(failure -> assertThat(failure)
                            .hasRootCauseMessage("CUDA failure 700: an illegal memory access was encountered"));
            assertThat(causes(stream.failure())).hasAtLeastOneElementOfType(EngineFailedException.class);
            assertThat(stream.liveness()).noneMatch(HealthCheck::holds);
        }
        assertThat(metrics.registry()
                        .getSampleValue(
                                "stampede_alerts_total", new String[] {"outcome"}, new String[] {"dead_letter"}))
                .isZero();
    }

    private static List<Throwable> causes(Optional<Throwable> failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure.orElseThrow(); cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static void send(StreamSettings settings) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < ALERTS; i++) {
                String id = String.valueOf(i);
                var unused = producer.send(new ProducerRecord<>(
                        settings.topics().alerts(), id.getBytes(UTF_8), SingleObject.write(Alerts.uniform(id, 0.9f))));
            }
        }
    }

    /** The first {@code count} committed classifications, in order. */
    private static List<ConsumerRecord<byte[], byte[]>> committed(StreamSettings settings, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(settings.topics().classifications(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (records.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
