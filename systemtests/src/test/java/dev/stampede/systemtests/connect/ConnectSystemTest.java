package dev.stampede.systemtests.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.schemas.Classification;
import dev.stampede.stamps.Requirement;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.Simulator;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.packet.StampAlertWriter;
import dev.stampede.systemtests.harness.JavaProcess;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.connect.cli.ConnectStandalone;
import org.apache.kafka.connect.file.FileStreamSinkConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes classifications to a file and to a database with the properties files of {@code deploy}. */
@Tag("system")
class ConnectSystemTest {
    private static final Path RECIPE = Path.of("..", "deploy", "connect");

    /** Where the profile {@code system} unpacks the connectors that are not Kafka's. */
    private static final Path CONNECTORS = Path.of("target", "connectors").toAbsolutePath();

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int ALERTS = 200;
    private static final int HEAP_MEBIBYTES = 384;
    private static final int SIGTERM_EXIT_CODE = 143;

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static JavaProcess stream;
    private static int sent;

    @BeforeAll
    static void startStream() throws InterruptedException {
        broker = EmbeddedBroker.start();
        String settings = "bootstrap.servers=" + broker.address()
                + "\napplication.id=connect\noutput.format=json\ntopics.create=true\nhttp.port=0\n";
        stream = JavaProcess.stream(folder, "stream", settings);
        stream.awaitRunning();
        send();
    }

    @AfterAll
    static void stop() {
        stream.close();
        broker.close();
    }

    /** Sends alerts, each id for two surveys. */
    private static void send() {
        SimulationSettings standard = SimulationSettings.standard();
        Simulator simulator = Simulator.of(standard, 1);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new StringSerializer(), new ByteArraySerializer())) {
            for (int end = sent + ALERTS; sent < end; sent++) {
                String id = "alert-" + sent / 2;
                byte[] alert = StampAlertWriter.write(
                        id,
                        sent % 2 == 0 ? "DEEP" : "WIDE",
                        standard.planes(),
                        simulator.candidate(sent).stamp());
                var unused = producer.send(new ProducerRecord<>("alerts", id, alert));
            }
        }
        Polling.await(() -> classifications().size() >= sent);
    }

    private static List<Classification> classifications() {
        List<Classification> classifications = new ArrayList<>();
        try (TopicReader reader = TopicReader.ofRanges(Map.of("bootstrap.servers", broker.address()))) {
            reader.read(reader.range("classifications", TimeRange.ALL), record -> {
                try {
                    classifications.add(Classifications.read(record.value()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return classifications;
    }

    private static List<String> expectedRows() {
        return classifications().stream()
                .map(one -> row(
                        one.getAlertId(),
                        one.getSurvey(),
                        one.getVerdict().name(),
                        String.valueOf(one.getProbability()),
                        String.valueOf(one.getAbstentionReason())))
                .toList();
    }

    private static String row(String id, String survey, String verdict, String probability, String reason) {
        boolean isNull = probability.isEmpty() || probability.equals("null");
        return id + " " + survey + " " + verdict + " " + (isNull ? reason : Float.parseFloat(probability));
    }

    private static String rowOfJson(String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            return row(
                    json.get("alertId").asText(),
                    json.get("survey").asText(),
                    json.get("verdict").asText(),
                    json.get("probability").asText(),
                    json.get("abstentionReason").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the recipe with other values of settings that it has. */
    private static Path configured(String name, Map<String, String> changes) throws IOException {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(RECIPE.resolve(name))) {
            settings.load(file);
        }
        assertThat(settings.stringPropertyNames()).containsAll(changes.keySet());
        settings.putAll(changes);
        Path changed = folder.resolve(name);
        try (Writer file = Files.newBufferedWriter(changed)) {
            settings.store(file, null);
        }
        return changed;
    }

    /** Runs a worker with one connector until {@code isDone}. */
    private static void work(String plugins, Path connector, Polling.Condition isDone)
            throws IOException, InterruptedException {
        Path worker = configured(
                "worker.properties",
                Map.of(
                        "bootstrap.servers",
                        broker.address(),
                        "plugin.path",
                        plugins,
                        "offset.storage.file.filename",
                        folder.resolve("offsets").toString(),
                        "listeners",
                        "http://127.0.0.1:0"));
        Path log = folder.resolve(connector.getFileName() + ".log");
        List<String> arguments = List.of(worker.toString(), connector.toString());
        try (JavaProcess process = JavaProcess.start(log, HEAP_MEBIBYTES, ConnectStandalone.class, arguments)) {
            Polling.await(isDone, () -> String.join("\n", lines(log)));
            process.terminate(SIGTERM_EXIT_CODE);
        }
    }

    @Test
    void writesALineForEachClassificationAcrossARestartOfTheWorker() throws Exception {
        Path output = folder.resolve("classifications.jsonl");
        Path connector = configured("file.properties", Map.of("file", output.toString()));
        String plugin = Path.of(FileStreamSinkConnector.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        work(plugin, connector, () -> lines(output).size() >= sent);
        send();
        work(plugin, connector, () -> lines(output).size() >= sent);
        assertThat(lines(output).stream().map(ConnectSystemTest::rowOfJson))
                .containsExactlyInAnyOrderElementsOf(expectedRows());
    }

    @Test
    void writesARowForEachAlertOfEachSurveyToPostgresql() throws Exception {
        Requirement.require(Files.isDirectory(CONNECTORS), "there is no " + CONNECTORS + "; -Psystem unpacks it");
        try (PostgresServer server = PostgresServer.start()) {
            Path connector = configured("postgresql.properties", Map.of("connection.url", server.url()));
            String count = "select count(*) from classifications";
            work(CONNECTORS.toString(), connector, () -> server.rows(count).equals(List.of(String.valueOf(sent))));
            String rows = "select \"alertId\", survey, verdict, coalesce(probability::text, \"abstentionReason\")"
                    + " from classifications";
            assertThat(server.rows(rows).stream()
                            .map(line -> line.split(" ", -1))
                            .map(cells -> cells[0] + " " + cells[1] + " " + cells[2] + " "
                                    + (cells[2].equals("ABSTAIN") ? cells[3] : Float.parseFloat(cells[3]))))
                    .containsExactlyInAnyOrderElementsOf(expectedRows());
            assertThat(server.rows(
                            "select count(*) from classifications where \"scoredTime\" > now() - interval '1 hour'"))
                    .containsExactly(String.valueOf(sent));
        }
    }
}
