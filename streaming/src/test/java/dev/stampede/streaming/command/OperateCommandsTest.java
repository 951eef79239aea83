package dev.stampede.streaming.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.error.StampedeException;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.results.FieldRow;
import dev.stampede.stamps.results.FieldTable;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.table.CsvTable;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.InMemoryRegistry;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.service.GracefulShutdown;
import dev.stampede.streaming.service.StreamRunner;
import dev.stampede.streaming.service.StreamTopics;
import dev.stampede.streaming.settings.StreamSettings;
import dev.stampede.streaming.wire.RecordFormat;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands around the stream, against one broker. Each test has topics of its own. */
@Tag("slow")
class OperateCommandsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static EmbeddedBroker broker;

    @TempDir
    private static Path folder;

    private static Path model;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
        model = TinyModel.standard().write(folder.resolve("tiny.onnx"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static Map<String, String> given(String name, String... more) {
        Map<String, String> given = new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.address(),
                "application.id",
                name,
                "topic.alerts",
                name + "-alerts",
                "topic.classifications",
                name + "-classifications",
                "topic.dead-letters",
                name + "-dead-letters",
                "topics.create",
                "true",
                "topics.partitions",
                "2",
                "model.path",
                model.toString(),
                "http.port",
                "0"));
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        return given;
    }

    private static CommandOutput report(String command, Object... options) {
        List<Object> all = new ArrayList<>(List.of(command, "--bootstrap-servers", broker.address()));
        all.addAll(List.of(options));
        return CommandOutput.by(all.toArray());
    }

    @ParameterizedTest(name = "group protocol {0}")
    @ValueSource(strings = {"classic", "streams"})
    void judgesWhatIsProducedAndShowsIt(String protocol) throws Exception {
        String name = "way-" + protocol;
        Path stamps = folder.resolve(protocol + ".npy");
        try (NpyWriter writer = NpyWriter.create(stamps, 21, 21)) {
            writer.write(TinyModel.standard().stamp(40, 1));
            writer.write(TinyModel.standard().stamp(0, 2));
            writer.write(Stamp.of(1, 21, 21, new float[441]));
        }
        StreamTopics.require(StreamSettings.of(given(name)));
        CommandOutput produced = report("produce", stamps, "--topic", name + "-alerts");
        assertThat(produced.exitCode()).as(produced.err()).isZero();
        assertThat(produced.out()).startsWith("Sent 3 alerts to " + name + "-alerts in ");

        try (RunningStream stream = new RunningStream(StreamSettings.of(given(name, "group.protocol", protocol)))) {
            CommandOutput lines =
                    report("tail", "--topic", name + "-classifications", "--from-beginning", "--count", "3");
            assertThat(lines.exitCode()).as(lines.err()).isZero();
            assertThat(lines.out().lines())
                    .hasSize(3)
                    .anyMatch(line ->
                            line.matches("\\S+  REAL     [01]\\.\\d{6}  +" + protocol + "-[0-9a-f]{8}-0000000000"))
                    .anyMatch(
                            line -> line.matches("\\S+  BOGUS    0\\.\\d{6}  +" + protocol + "-[0-9a-f]{8}-0000000001"))
                    .anyMatch(line -> line.matches("\\S+  ABSTAIN  BLANK  +" + protocol + "-[0-9a-f]{8}-0000000002"));
            assertThat(stream.messages())
                    .contains("verified on cpu", name + "-alerts (2)", "exactly_once_v2", "group protocol " + protocol);
        }
        CommandOutput real = report(
                "tail",
                "--topic",
                name + "-classifications",
                "--from-beginning",
                "--count",
                "1",
                "--json",
                "--verdict",
                "abstain");
        JsonNode abstention = new ObjectMapper().readTree(real.out());
        assertThat(abstention.get("verdict").asText()).isEqualTo("ABSTAIN");
        assertThat(abstention.get("abstentionReason").asText()).isEqualTo("BLANK");
        assertThat(abstention.get("probability").isNull()).isTrue();
        assertThat(abstention.get("executionProvider").asText()).isEqualTo("cpu");
        exportsARangeOfTime(name + "-classifications");
    }

    private static void exportsARangeOfTime(String topic) throws IOException {
        Path csv = folder.resolve(topic + ".csv");
        Path lines = folder.resolve(topic + ".jsonl");
        Path parquet = folder.resolve(topic + ".parquet");
        for (Path file : List.of(csv, lines, parquet)) {
            CommandOutput exported = report("tail", "--topic", topic, "--out", file, "--from", "2020-01-01");
            assertThat(exported.exitCode()).as(exported.err()).isZero();
            assertThat(exported.out()).isEqualTo("Wrote 3 classifications of " + topic + " to " + file + ".\n");
        }
        CommandOutput printed = report("tail", "--topic", topic, "--from-beginning", "--count", "3", "--json");
        assertThat(Files.readAllLines(lines))
                .containsExactlyInAnyOrderElementsOf(printed.out().lines().toList());
        List<CsvTable.Row> rows =
                CsvTable.read(csv, "alertId", "quality.median", "crop.method").rows();
        assertThat(rows).extracting(row -> row.cell("verdict")).containsExactlyInAnyOrder("REAL", "BOGUS", "ABSTAIN");
        try (FieldTable table = FieldTable.open(parquet)) {
            assertThat(table.columns()).isEqualTo(CsvTable.read(csv).columns());
            for (int row = 0; row < rows.size(); row++) {
                CsvTable.Row right = rows.get(row);
                FieldRow cells = table.row(row);
                assertThat(Instant.ofEpochMilli(Long.parseLong(cells.cell("scoredTime"))))
                        .isEqualTo(right.cell("scoredTime"));
                assertThat(List.of("alertId", "verdict", "probability", "abstentionReason", "crop.width"))
                        .allSatisfy(column -> assertThat(cells.cell(column)).isEqualTo(right.cell(column)));
            }
        }
        assertThat(report("tail", "--out", folder.resolve("night.avro")).err())
                .contains("--out writes .csv, .jsonl or .parquet, not");
        CommandOutput refused = report("tail", "--topic", topic, "--out", csv);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains(csv + " exists; --force overwrites it.");
        CommandOutput earlier =
                report("tail", "--topic", topic, "--out", csv, "--force", "--to", "2020-01-01", "--verdict", "real");
        assertThat(earlier.out()).startsWith("Wrote 0 classifications");
        assertThat(CsvTable.read(csv).rows()).isEmpty();
    }

    @Test
    void sendsDeadLettersBackAsTheyCameAndNeverTwice() throws Exception {
        String name = "again";
        StreamTopics.require(StreamSettings.of(given(name)));
        StreamTopics.require(StreamSettings.of(given("corrected")));
        byte[] corrupt = {(byte) 0xC3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 5};
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 5; i++) {
                List<Header> headers = List.of(new RecordHeader("trace", new byte[] {(byte) i}));
                byte[] value = i < 3 ? new byte[] {9, (byte) i} : corrupt;
                producer.send(new ProducerRecord<>(
                                name + "-alerts", null, ("key-" + i).getBytes(UTF_8), value, headers))
                        .get();
            }
        }
        try (RunningStream stream = new RunningStream(StreamSettings.of(given(name)))) {
            stream.awaitRunning();
            awaitRecords(name + "-dead-letters", 5);
        }
        Object[] way = {"--from", name + "-dead-letters", "--to", "corrected-alerts"};

        assertThat(replay(way, "--dry-run").out())
                .startsWith("5 dead letters would be sent")
                .contains("  3 UNKNOWN_FRAMING, such as key key-", "  2 UNKNOWN_SCHEMA, such as key key-");
        assertThat(committed("corrected-alerts")).isEmpty();

        assertThat(replay(way, "--error", "unknown_schema").out()).startsWith("2 dead letters sent");
        assertThat(replay(way).out()).startsWith("3 dead letters sent").contains("2 sent in earlier runs");
        assertThat(replay(way).out()).startsWith("0 dead letters sent");
        assertThat(committed("corrected-alerts")).hasSize(5).allSatisfy(record -> {
            assertThat(record.headers().toArray()).extracting(Header::key).containsExactly("trace");
            int i = record.headers().lastHeader("trace").value()[0];
            assertThat(record.key()).isEqualTo(("key-" + i).getBytes(UTF_8));
            assertThat(record.value()).isEqualTo(i < 3 ? new byte[] {9, (byte) i} : corrupt);
        });
    }

    private static CommandOutput replay(Object[] way, Object... more) {
        List<Object> options = new ArrayList<>(List.of(way));
        options.addAll(List.of(more));
        CommandOutput output = report("replay-dead-letters", options.toArray());
        assertThat(output.exitCode()).as(output.err()).isZero();
        return output;
    }

    @Test
    void tailReadsATopicThatHoldsEveryFormat() throws Exception {
        String topic = "formats-classifications";
        broker.createTopics(1, List.of(topic));
        try (InMemoryRegistry registry = new InMemoryRegistry();
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.address()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (RecordFormat format : RecordFormat.values()) {
                Map<String, String> settings =
                        given("formats", "output.format", format.word(), "schema.registry.url", registry.url());
                producer.send(new ProducerRecord<>(
                                topic,
                                StreamSettings.of(settings)
                                        .output()
                                        .classifications()
                                        .of(Classifications.reported(format.word(), 0.75f, 1), 1)
                                        .value()))
                        .get();
            }
            List<Object> tail = List.of("--topic", topic, "--from-beginning", "--count", "4");
            CommandOutput without = report("tail", tail.toArray());
            assertThat(without.exitCode()).isOne();
            assertThat(without.err()).contains("offset 1 of " + topic + "-0", "--schema-registry");
            Path config = Files.writeString(
                    folder.resolve("registry.properties"),
                    "bootstrap.servers=" + broker.address() + "\nschema.registry.url=" + registry.url() + "\n");
            for (List<Object> named :
                    List.<List<Object>>of(List.of("--schema-registry", registry.url()), List.of("--config", config))) {
                List<Object> more = new ArrayList<>(tail);
                more.addAll(named);
                CommandOutput with = report("tail", more.toArray());
                assertThat(with.exitCode()).as(with.err()).isZero();
                assertThat(with.out().lines().map(line -> line.replaceFirst(".* ", "")))
                        .containsExactly("ocf", "confluent", "json", "single-object");
            }
        }
    }

    @Test
    void doesNotStartIfTheRegistryRefusesASchema() throws Exception {
        try (InMemoryRegistry registry = new InMemoryRegistry()) {
            registry.setReadOnly();
            RunningStream stream = new RunningStream(StreamSettings.of(given(
                    "refused",
                    "output.format",
                    "confluent",
                    "schema.registry.url",
                    registry.url(),
                    "topic.models",
                    "")));
            assertThat(stream.failure())
                    .contains(registry.url(), "subject refused-classifications-value", "Grant write access");
        }
    }

    @Test
    void saysWhichTopicIsAbsentAndMakesNoneUnasked() {
        CommandOutput output = report("tail", "--topic", "nowhere");
        assertThat(output.exitCode()).isOne();
        assertThat(output.err()).contains("no topic nowhere");
    }

    @ParameterizedTest
    @CsvSource({
        "tail, own-classifications",
        "produce --simulate 1, own-alerts",
        "replay-dead-letters, own-dead-letters",
        "replay-dead-letters, own-alerts",
        "inject --http-port 0, own-alerts"
    })
    void usesTheTopicOfTheStreamUnlessOneIsNamed(String command, String topic) throws IOException {
        Path config = folder.resolve("own.properties");
        Properties settings = new Properties();
        settings.putAll(given("own"));
        try (var out = Files.newOutputStream(config)) {
            settings.store(out, null);
        }
        List<Object> arguments = new ArrayList<>(List.of((Object[]) command.split(" ", -1)));
        arguments.addAll(List.of("--config", config));
        CommandOutput output = CommandOutput.by(arguments.toArray());
        assertThat(output.exitCode()).isOne();
        assertThat(output.err()).contains("no topic ", topic);
    }

    @Test
    void stopsWithOneCauseWhereTheModelIsNotProven() throws Exception {
        Path swapped = TinyModel.standard().withSwappedClasses().write(folder.resolve("swapped.onnx"));
        RunningStream stream =
                new RunningStream(StreamSettings.of(given("unproven", "model.path", swapped.toString())));
        assertThat(stream.run)
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .withMessageContaining("are the labels swapped?");
        assertThat(stream.messages()).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "kafka.security.protocol, NONE",
        "kafka.commit.interval.ms, soon",
        "main.consumer.max.poll.interval.ms, never",
        "producer.linger.ms, -7"
    })
    void refusesWhatKafkaDoesNotTake(String key, String value) {
        StreamRunner run = new StreamRunner(
                StreamSettings.of(given("misconfigured", key, value)), GracefulShutdown.onRequest(), System.err);
        assertThatExceptionOfType(StampedeException.class)
                .isThrownBy(run::run)
                .withMessageContaining(key.replaceFirst("^(kafka|main.consumer|producer)\\.", ""));
    }

    @Test
    void endsWithTheFirstCauseWhereAThreadFails() throws Exception {
        String name = "broken";
        StreamTopics.require(StreamSettings.of(given(name)));
        // A producer that may send next to nothing fails at the first verdict.
        RunningStream stream = new RunningStream(StreamSettings.of(given(name, "producer.max.request.size", "100")));
        stream.awaitRunning();
        assertThat(report("produce", "--simulate", "3", "--topic", name + "-alerts")
                        .exitCode())
                .isZero();
        assertThat(stream.run)
                .failsWithin(TIMEOUT)
                .withThrowableThat()
                .withCauseInstanceOf(StampedeException.class)
                .withMessageContaining("The stream stopped: The message is ", "max.request.size");
    }

    @Test
    void refusesCudaWhereThereIsNone() {
        RunningStream stream = new RunningStream(StreamSettings.of(given("no-gpu", "engine.provider", "cuda")));
        assertThat(stream.run).failsWithin(TIMEOUT).withThrowableThat().withMessageContaining("CUDA is not usable");
    }

    @Test
    void takesTheCpuWhereAutoFindsNoGpuAndSaysSo() throws Exception {
        RunningStream stream = new RunningStream(StreamSettings.of(given("auto", "engine.provider", "auto")));
        try (stream) {
            stream.awaitRunning();
        }
        assertThat(stream.messages())
                .contains("verified on cpu, configured auto")
                .endsWith("Stopped." + System.lineSeparator());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "produce --simulate 0",
        "produce --simulate 1 --rate 0",
        "produce --simulate 1 stamps.npy",
        "produce",
        "tail --count 0",
        "tail --verdict MAYBE",
        "replay --from a --to a",
        "replay --error NO_SUCH",
        "broker --port 70000",
        "broker --partitions 0",
        "stream --config no-such-file.properties",
        "stream --no-such-option"
    })
    void refusesWrongUsage(String line) {
        assertThat(CommandOutput.by((Object[]) line.split(" ")).exitCode()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"stream", "broker", "produce", "tail", "replay-dead-letters"})
    void explainsItself(String command) {
        CommandOutput output = CommandOutput.by(command, "--help");
        assertThat(output.exitCode()).isZero();
        assertThat(output.out()).contains("Usage: stampede " + command);
    }

    @Test
    void printsItsSettings() throws IOException {
        Path file = java.nio.file.Files.writeString(
                folder.resolve("print.properties"), "bootstrap.servers=here:1\nkafka.ssl.key.password=hush\n");
        CommandOutput output = CommandOutput.by("stream", "--config", file, "--print-config");
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out().lines())
                .contains("bootstrap.servers=here:1", "batch.max-alerts=2000", "kafka.ssl.key.password=[hidden]");
    }

    @Test
    void saysWithinABoundThatKafkaIsAway() throws IOException {
        int none;
        try (ServerSocket socket = new ServerSocket(0)) {
            none = socket.getLocalPort();
        }
        Path impatient = java.nio.file.Files.writeString(
                folder.resolve("client.properties"), "request.timeout.ms=500\ndefault.api.timeout.ms=1000\n");
        CommandOutput output =
                CommandOutput.by("tail", "--bootstrap-servers", "127.0.0.1:" + none, "--kafka-config", impatient);
        assertThat(output.exitCode()).isOne();
        assertThat(output.err())
                .contains("Cannot reach Kafka at 127.0.0.1:" + none + ": no broker answers; check the address");
    }

    private static void awaitRecords(String topic, int count) {
        Polling.await(() -> committed(topic).size() >= count);
    }

    private static List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (TopicReader reader = TopicReader.open(Map.of("bootstrap.servers", broker.address()), List.of(topic))) {
            reader.readToEnd(TIMEOUT, records::add);
        }
        return records;
    }
}
