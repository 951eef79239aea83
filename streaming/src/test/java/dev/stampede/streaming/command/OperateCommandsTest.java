package dev.stampede.streaming.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.terminal.CommandFailure;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.topology.StreamSettings;
import dev.stampede.streaming.topology.TopicCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands around the stream, against one broker. Each test has topics of its own. */
class OperateCommandsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
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

    private static Told tell(String command, Object... options) {
        List<Object> all = new ArrayList<>(List.of(command, "--bootstrap-servers", broker.address()));
        all.addAll(List.of(options));
        return Told.by(all.toArray());
    }

    /** A stream that runs as the command runs it, until it is closed. */
    private static final class Running implements AutoCloseable {
        private final ByteArrayOutputStream notes = new ByteArrayOutputStream();
        private final Farewell farewell = Farewell.onDemand();
        private final CompletableFuture<Void> run;

        Running(Map<String, String> given) {
            StreamRun stream = new StreamRun(StreamSettings.of(given), farewell, new PrintStream(notes, true, UTF_8));
            run = CompletableFuture.runAsync(() -> {
                try {
                    stream.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        String said() {
            return notes.toString(UTF_8);
        }

        void awaitRunning() throws InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!said().contains("Running")) {
                assertThat(run).as(said()).isNotCompleted();
                assertThat(System.nanoTime()).as(said()).isLessThan(deadline);
                Thread.sleep(50);
            }
        }

        @Override
        public void close() {
            farewell.ask();
            assertThat(run).succeedsWithin(PATIENCE);
        }
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
        TopicCheck.demand(StreamSettings.of(given(name)));
        Told produced = tell("produce", stamps, "--topic", name + "-alerts");
        assertThat(produced.exitCode()).as(produced.err()).isZero();
        assertThat(produced.out()).startsWith("Sent 3 alerts to " + name + "-alerts in ");

        try (Running stream = new Running(given(name, "group.protocol", protocol))) {
            Told lines = tell("tail", "--topic", name + "-classifications", "--from-beginning", "--count", "3");
            assertThat(lines.exitCode()).as(lines.err()).isZero();
            assertThat(lines.out().lines())
                    .hasSize(3)
                    .anyMatch(line -> line.matches("\\S+  REAL     [01]\\.\\d{6}  +" + protocol + "-0000000000"))
                    .anyMatch(line -> line.matches("\\S+  BOGUS    0\\.\\d{6}  +" + protocol + "-0000000001"))
                    .anyMatch(line -> line.matches("\\S+  ABSTAIN  BLANK  +" + protocol + "-0000000002"));
            assertThat(stream.said())
                    .contains("proven on cpu", name + "-alerts (2)", "exactly_once_v2", "group protocol " + protocol);
        }
        Told real = tell(
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
    }

    @Test
    void sendsDeadLettersBackAsTheyCameAndNeverTwice() throws Exception {
        String name = "again";
        TopicCheck.demand(StreamSettings.of(given(name)));
        TopicCheck.demand(StreamSettings.of(given("mended")));
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
        try (Running stream = new Running(given(name))) {
            stream.awaitRunning();
            awaitRecords(name + "-dead-letters", 5);
        }
        Object[] way = {"--from", name + "-dead-letters", "--to", "mended-alerts"};

        assertThat(replay(way, "--dry-run").out())
                .startsWith("5 dead letters would go")
                .contains("  3 UNKNOWN_FRAMING, such as key key-", "  2 UNKNOWN_SCHEMA, such as key key-");
        assertThat(committed("mended-alerts")).isEmpty();

        assertThat(replay(way, "--error", "unknown_schema").out()).startsWith("2 dead letters went");
        assertThat(replay(way).out()).startsWith("3 dead letters went").contains("2 went in earlier runs");
        assertThat(replay(way).out()).startsWith("0 dead letters went");
        assertThat(committed("mended-alerts")).hasSize(5).allSatisfy(record -> {
            assertThat(record.headers().toArray()).extracting(Header::key).containsExactly("trace");
            int i = record.headers().lastHeader("trace").value()[0];
            assertThat(record.key()).isEqualTo(("key-" + i).getBytes(UTF_8));
            assertThat(record.value()).isEqualTo(i < 3 ? new byte[] {9, (byte) i} : corrupt);
        });
    }

    private static Told replay(Object[] way, Object... more) {
        List<Object> options = new ArrayList<>(List.of(way));
        options.addAll(List.of(more));
        Told told = tell("replay", options.toArray());
        assertThat(told.exitCode()).as(told.err()).isZero();
        return told;
    }

    @Test
    void saysWhichTopicIsAbsentAndMakesNoneUnasked() {
        Told told = tell("tail", "--topic", "nowhere");
        assertThat(told.exitCode()).isOne();
        assertThat(told.err()).contains("no topic nowhere");
    }

    @Test
    void stopsWithOneCauseWhereTheModelIsNotProven() throws Exception {
        Path swapped = TinyModel.standard().withSwappedClasses().write(folder.resolve("swapped.onnx"));
        Running stream = new Running(given("unproven", "model.path", swapped.toString()));
        assertThat(stream.run)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining("are the labels swapped?");
        assertThat(stream.said()).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "kafka.security.protocol, NONE",
        "kafka.commit.interval.ms, soon",
        "main.consumer.max.poll.interval.ms, never",
        "producer.linger.ms, -7"
    })
    void refusesWhatKafkaDoesNotTake(String key, String value) {
        StreamRun run =
                new StreamRun(StreamSettings.of(given("misconfigured", key, value)), Farewell.onDemand(), System.err);
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(run::run)
                .withMessageContaining(key.replaceFirst("^(kafka|main.consumer|producer)\\.", ""))
                .returns(2, CommandFailure::exitCode);
    }

    @Test
    void endsWithTheFirstCauseWhereAThreadFails() throws Exception {
        String name = "broken";
        TopicCheck.demand(StreamSettings.of(given(name)));
        // A producer that may send next to nothing fails at the first verdict.
        Running stream = new Running(given(name, "producer.max.request.size", "100"));
        stream.awaitRunning();
        assertThat(tell("produce", "--simulate", "3", "--topic", name + "-alerts")
                        .exitCode())
                .isZero();
        assertThat(stream.run)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(CommandFailure.class)
                .withMessageContaining("The stream stopped, for RecordTooLargeException");
    }

    @Test
    void refusesCudaWhereThereIsNone() {
        Running stream = new Running(given("no-gpu", "engine.provider", "cuda"));
        assertThat(stream.run).failsWithin(PATIENCE).withThrowableThat().withMessageContaining("CUDA is not usable");
    }

    @Test
    void takesTheCpuWhereAutoFindsNoGpuAndSaysSo() throws Exception {
        Running stream = new Running(given("auto", "engine.provider", "auto"));
        try (stream) {
            stream.awaitRunning();
        }
        assertThat(stream.said())
                .contains("proven on cpu, asked for auto")
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
        assertThat(Told.by((Object[]) line.split(" ")).exitCode()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"stream", "broker", "produce", "tail", "replay"})
    void explainsItself(String command) {
        Told told = Told.by(command, "--help");
        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).contains("Usage: stampede " + command);
    }

    @Test
    void printsItsSettings() throws IOException {
        Path file = java.nio.file.Files.writeString(
                folder.resolve("print.properties"), "bootstrap.servers=here:1\nkafka.ssl.key.password=hush\n");
        Told told = Told.by("stream", "--config", file, "--print-config");
        assertThat(told.exitCode()).as(told.err()).isZero();
        assertThat(told.out().lines())
                .contains("bootstrap.servers=here:1", "batch.max-alerts=2000", "kafka.ssl.key.password=[hidden]");
    }

    @Test
    void saysWithinABoundThatKafkaIsAway() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        Path impatient = java.nio.file.Files.writeString(
                folder.resolve("client.properties"), "request.timeout.ms=500\ndefault.api.timeout.ms=1000\n");
        Told told = Told.by("tail", "--bootstrap-servers", "127.0.0.1:" + nobody, "--kafka-config", impatient);
        assertThat(told.exitCode()).isOne();
        assertThat(told.err()).contains("Cannot reach Kafka at 127.0.0.1:" + nobody);
    }

    private static void awaitRecords(String topic, int count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (committed(topic).size() < count) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, 2)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
