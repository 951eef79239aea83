package dev.stampede.systemtests.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.streaming.publish.RecordDecoder;
import dev.stampede.streaming.registry.RegistrySettings;
import dev.stampede.streaming.registry.SchemaId;
import dev.stampede.streaming.registry.SchemaRegistrationException;
import dev.stampede.streaming.registry.SchemaRegistry;
import dev.stampede.streaming.settings.TopicNames;
import dev.stampede.systemtests.harness.AlertPool;
import dev.stampede.systemtests.harness.JavaProcess;
import dev.stampede.systemtests.harness.LocalBroker;
import dev.stampede.systemtests.harness.NumberedProducer;
import dev.stampede.systemtests.harness.OutcomeLog;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream with Apicurio Registry over the API that is compatible with Confluent's. */
@Tag("system")
class RegistrySystemTest {
    private static final int PARTITIONS = 2;
    private static final int ALERTS = 2000;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** C3 01 and the fingerprint of the schema. */
    private static final int SINGLE_OBJECT_HEADER_BYTES = 10;

    private static final String NUMBER = """
            {"type":"record","name":"Number","namespace":"survey","fields":[{"name":"value","type":"int"}]}
            """;
    private static final String PACKET = """
            {"type":"record","name":"Packet","namespace":"survey","fields":[{"name":"number","type":"survey.Number"}]}
            """;

    @TempDir
    private static Path folder;

    private static ApicurioRegistry registry;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        registry = ApicurioRegistry.start(folder);
        registry.requireBackwardCompatibility();
    }

    @AfterAll
    static void stop() {
        if (registry != null) { // else this machine lacks something that it needs
            registry.close();
        }
    }

    private static SchemaRegistry newClient() {
        return new SchemaRegistry(RegistrySettings.of(List.of(URI.create(registry.url()))));
    }

    @Test
    void aSchemaIsFoundWithThoseThatItRefersTo() throws IOException, InterruptedException {
        registry.register("survey-number", NUMBER);
        int id = registry.register("survey-packet", PACKET, "survey.Number", "survey-number");

        Schema found = newClient().find(new SchemaId.Numbered(id)).orElseThrow();

        assertThat(found.getField("number").schema()).isEqualTo(new Schema.Parser().parse(NUMBER));
    }

    @Test
    void anUnknownIdHasTheReasonOfTheRegistry() {
        SchemaRegistry client = newClient();
        SchemaId id = new SchemaId.Numbered(4711);

        assertThat(client.find(id)).isEmpty();
        assertThat(client.whyUnknown(id)).contains("HTTP 404", "4711");
    }

    @Test
    void anIncompatibleSchemaIsRefusedWithTheReasonOfTheRegistry() {
        SchemaRegistry client = newClient();
        client.register("refused-value", new Schema.Parser().parse(NUMBER));
        Schema incompatible = new Schema.Parser().parse(NUMBER.replace("\"int\"", "\"string\""));

        assertThatThrownBy(() -> client.register("refused-value", incompatible))
                .isInstanceOf(SchemaRegistrationException.class)
                .hasMessageContaining("refused-value")
                .hasMessageContaining("Incompatible");
    }

    /** Alerts of an id that the stream has not seen wait until the registry runs again; then one that registers nothing is sufficient. */
    @Test
    @SuppressWarnings("try") // the streams only have to run meanwhile
    void noAlertIsLostOverARestartOfTheRegistry() throws IOException, InterruptedException {
        String schema = StampAlert.getClassSchema().toString();
        int first = registry.register("first-survey", schema);
        int second = registry.register("second-survey", schema.replaceFirst("\\{", "{\"origin\":\"second\","));
        assertThat(second).isNotEqualTo(first);
        AlertPool pool = AlertPool.of(List.of(Plane.MEDIAN), 100);
        try (LocalBroker broker = LocalBroker.open(folder.resolve("broker"))) {
            broker.createTopics(PARTITIONS, TopicNames.DEFAULT.all());
            RecordDecoder<Classification> decoder = new RecordDecoder<>(Classification.class, newClient());
            try (OutcomeLog outcomes = OutcomeLog.start(
                            broker.address(),
                            (number, outcome) -> decoder.decode(outcome.value()).getAlertId() != null,
                            PARTITIONS);
                    NumberedProducer feed = NumberedProducer.open(
                            broker.address(),
                            number -> confluent(number < ALERTS ? first : second, pool.value(number)))) {
                try (JavaProcess stream = stream(broker, "before")) {
                    feed.send(ALERTS, NumberedProducer.UNLIMITED);
                    assertThat(outcomes.await(ALERTS, TIMEOUT)).isTrue();

                    registry.kill();
                    feed.send(ALERTS, NumberedProducer.UNLIMITED);
                    assertThat(outcomes.await(ALERTS + 1, Duration.ofSeconds(5)))
                            .as("a schema is missing")
                            .isFalse();
                    registry.restart();
                    assertThat(outcomes.await(2 * ALERTS, TIMEOUT)).isTrue();
                    stream.terminate();
                }

                registry.kill();
                registry.restartReadOnly();
                try (JavaProcess next = stream(broker, "read-only")) {
                    feed.send(ALERTS, NumberedProducer.UNLIMITED);
                    assertThat(outcomes.await(3 * ALERTS, TIMEOUT)).isTrue();
                    next.terminate();
                }
                registry.kill();
                registry.restart();
                assertThat(outcomes.duplicates()).isZero();
                assertThat(outcomes.wrong()).isZero();
            }
        }
    }

    private static JavaProcess stream(LocalBroker broker, String name) throws InterruptedException {
        JavaProcess stream = JavaProcess.stream(folder, name, """
                bootstrap.servers=%s
                output.format=confluent
                schema.registry.url=%s
                """.formatted(broker.address(), registry.url()));
        stream.awaitRunning();
        return stream;
    }

    /** An alert in the wire format of Confluent's serializers. */
    private static byte[] confluent(int id, byte[] singleObject) {
        int size = singleObject.length - SINGLE_OBJECT_HEADER_BYTES;
        return ByteBuffer.allocate(1 + Integer.BYTES + size)
                .put((byte) 0)
                .putInt(id)
                .put(singleObject, SINGLE_OBJECT_HEADER_BYTES, size)
                .array();
    }
}
