package dev.stampede.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.DebianPython;
import dev.stampede.streaming.InMemoryRegistry;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.publish.RecordDecoder;
import dev.stampede.streaming.settings.InputSettings;
import dev.stampede.streaming.settings.StreamSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of {@code examples/python} on one topic of alerts and a stream for each output format. */
@Tag("slow")
class PythonExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "python");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> FORMATS = List.of("ocf", "confluent", "json", "single-object");

    /** Sources of falling brightness and noise, and a blank stamp. */
    private static final int STAMPS = 12;

    @TempDir
    private static Path folder;

    private static final List<RunningStream> STREAMS = new ArrayList<>();
    private static EmbeddedBroker broker;
    private static InMemoryRegistry registry;
    private static Path stamps;
    private static List<String> sendOutput;

    @BeforeAll
    static void startStreamsAndSendAlerts() throws IOException, InterruptedException {
        DebianPython.require(
                List.of("confluent_kafka", "avro", "numpy", "matplotlib"),
                "python3-confluent-kafka python3-avro python3-numpy python3-matplotlib");
        broker = EmbeddedBroker.start();
        registry = new InMemoryRegistry();
        Path model = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        stamps = folder.resolve("stamps.npy");
        try (NpyWriter writer = NpyWriter.create(stamps, 21, 21)) {
            for (int i = 0; i < STAMPS - 1; i++) {
                writer.write(TinyModel.standard().stamp(40f / (i + 1), i));
            }
            writer.write(Stamp.of(1, 21, 21, new float[441]));
        }
        for (String format : FORMATS) {
            STREAMS.add(new RunningStream(StreamSettings.of(settings(model, format))));
        }
        STREAMS.forEach(RunningStream::awaitRunning);
        sendOutput = python("send_alerts.py", stamps, "--survey", "DEEP");
        for (String format : FORMATS) {
            Polling.await(() -> classifications("classifications-" + format).size() == STAMPS);
        }
    }

    private static Map<String, String> settings(Path model, String format) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                broker.address(),
                "application.id",
                "python-" + format,
                "model.path",
                model.toString(),
                "http.port",
                "0",
                "topics.create",
                "true",
                "topics.partitions",
                "1",
                "explain.policy",
                "real",
                "output.format",
                format,
                "schema.registry.url",
                registry.url()));
        for (String topic :
                List.of("classifications", "explanations", "explanation-requests", "dead-letters", "models")) {
            settings.put("topic." + topic, topic + "-" + format);
        }
        return settings;
    }

    @AfterAll
    static void stop() {
        STREAMS.forEach(RunningStream::close);
        STREAMS.clear();
        if (broker != null) { // null if a requirement is not met
            broker.close();
            registry.close();
        }
    }

    private static List<String> python(String script, Object... arguments) throws IOException, InterruptedException {
        return DebianPython.run(commandLine(script, arguments));
    }

    private static Object[] commandLine(String script, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(EXAMPLES.resolve(script), "--bootstrap-servers", broker.address()));
        all.addAll(List.of(arguments));
        return all.toArray();
    }

    private static List<Classification> classifications(String topic) {
        return records(topic, Classification.class);
    }

    private static <T extends SpecificRecord> List<T> records(String topic, Class<T> type) {
        List<T> records = new ArrayList<>();
        RecordDecoder<T> decoder =
                new RecordDecoder<>(type, InputSettings.schemas(Map.of("schema.registry.url", registry.url())));
        try (TopicReader reader = TopicReader.ofRanges(Map.of("bootstrap.servers", broker.address()))) {
            reader.read(reader.range(topic, TimeRange.ALL), record -> {
                try {
                    records.add(decoder.decode(record.value()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return records;
    }

    private static String rounded(float value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String describe(Classification classification) {
        Float probability = classification.getProbability();
        return classification.getAlertId() + " " + classification.getVerdict() + " "
                + (probability == null ? classification.getAbstentionReason() : rounded(probability, 6));
    }

    private static String text(String json, String field) {
        try {
            return MAPPER.readTree(json).get(field).asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void sendsEachStampOfAnArray() {
        assertThat(sendOutput).containsExactly("Sent 12 alerts; not delivered: 0.");
        List<Classification> classifications = classifications("classifications-" + FORMATS.get(0));
        assertThat(classifications)
                .extracting(Classification::getAlertId)
                .containsExactlyInAnyOrderElementsOf(Stream.iterate(0, i -> i < STAMPS, i -> i + 1)
                        .map(i -> "stamps-" + i)
                        .toList());
        CommandOutput direct = CommandOutput.by("classify", stamps, "--model", folder.resolve("tiny.onnx"), "--json");
        assertThat(direct.out().lines().map(line -> text(line, "probability")))
                .as("probabilities of the array itself")
                .containsExactlyElementsOf(classifications.stream()
                        .map(one -> String.valueOf(one.getProbability()))
                        .toList());
    }

    @Test
    void failsForAlertsThatTheBrokerRefuses() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            NewTopic small = new NewTopic("small", 1, (short) 1).configs(Map.of("max.message.bytes", "1000"));
            admin.createTopics(List.of(small)).all().get();
        }
        assertThat(DebianPython.fail(commandLine("send_alerts.py", stamps, "--survey", "DEEP", "--topic", "small")))
                .contains("Sent 12 alerts; not delivered: 12.")
                .anyMatch(line -> line.startsWith("stamps-11 was not delivered: ") && line.contains("too large"));
    }

    @Test
    @Tag("system") // astropy and its dependencies take long to install
    void sendsEachRowOfAResultsTable() throws Exception {
        Path formats = RealData.folder("kbmod").resolve("formats");
        DebianPython.require(List.of("astropy"), "python3-astropy");
        broker.createTopics(1, List.of("candidates"));
        assertThat(python(
                        "send_alerts.py", formats.resolve("results.ecsv"), "--survey", "DEEP", "--topic", "candidates"))
                .containsExactly("Sent 12 alerts; not delivered: 0.");
        List<String> expected = Files.readAllLines(formats.resolve("expected.csv")).stream()
                .skip(1)
                .limit(12) // of the rows of other files
                .map(line -> line.split(",", -1))
                .map(cells -> cells[1] + " " + rounded(Float.parseFloat(cells[4]), 3) + " MEDIAN "
                        + rounded(Float.parseFloat(cells[8]), 1) + " MEAN " + rounded(Float.parseFloat(cells[9]), 1))
                .toList();
        assertThat(records("candidates", StampAlert.class).stream().map(PythonExamplesTest::describe))
                .containsExactlyElementsOf(expected);
    }

    /** The id, the likelihood, and the sum of the pixels of each coadd. */
    private static String describe(StampAlert alert) {
        StringBuilder text = new StringBuilder(
                alert.getAlertId() + " " + rounded(alert.getLikelihood().floatValue(), 3));
        for (Coadd coadd : alert.getCoadds()) {
            double sum = 0;
            FloatBuffer pixels =
                    coadd.getPixels().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            while (pixels.hasRemaining()) {
                sum += pixels.get();
            }
            text.append(' ').append(coadd.getKind()).append(' ').append(rounded((float) sum, 1));
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("FORMATS")
    void readsTenClassificationsAsJavaDoes(String format) throws IOException, InterruptedException {
        String topic = "classifications-" + format;
        assertThat(python(
                        "read_classifications.py",
                        "--topic",
                        topic,
                        "--count",
                        "10",
                        "--group",
                        format,
                        "--registry",
                        registry.url()))
                .containsExactlyElementsOf(classifications(topic).stream()
                        .limit(10)
                        .map(PythonExamplesTest::describe)
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"ocf", "json"}) // Avro has bytes, JSON has base64
    void drawsEachMapOverItsStamp(String format) throws IOException, InterruptedException {
        String topic = "explanations-" + format;
        Path maps = folder.resolve("maps-" + format);
        Polling.await(() -> classifications(topic).size() >= 2);
        List<Classification> explanations = classifications(topic).subList(0, 2);
        assertThat(python(
                        "read_explanations.py",
                        "--topic",
                        topic,
                        "--count",
                        "2",
                        "--out",
                        maps,
                        "--registry",
                        registry.url()))
                .containsExactlyInAnyOrderElementsOf(explanations.stream()
                        .map(one -> maps.resolve(one.getAlertId() + ".png") + " " + one.getVerdict() + " "
                                + rounded(one.getOcclusionMap().getApertureShare(), 3))
                        .toList());
        for (Classification one : explanations) {
            BufferedImage picture =
                    ImageIO.read(maps.resolve(one.getAlertId() + ".png").toFile());
            assertThat(picture.getWidth()).isEqualTo(840);
        }
    }

    @Test
    void namesTheExplanationsWhoseAlertsWereDeleted() throws Exception {
        broker.createTopics(2, List.of("deleted"));
        Polling.await(() -> !classifications("explanations-ocf").isEmpty());
        String id = classifications("explanations-ocf").get(0).getAlertId();
        assertThat(DebianPython.fail(commandLine(
                        "read_explanations.py",
                        "--topic",
                        "explanations-ocf",
                        "--alerts",
                        "deleted",
                        "--count",
                        "1",
                        "--out",
                        folder.resolve("no-maps"))))
                .containsExactly("Not in the topic deleted, for example deleted by its retention: " + id);
    }

    @Test
    void drawsTheStampsOfAnArrayWithTheirVerdicts() throws IOException, InterruptedException {
        CommandOutput classified =
                CommandOutput.by("classify", stamps, "--model", folder.resolve("tiny.onnx"), "--csv");
        Path verdicts = Files.writeString(folder.resolve("verdicts.csv"), classified.out());
        Path picture = folder.resolve("verdicts.png");
        List<String> printed =
                DebianPython.run(EXAMPLES.resolve("plot_verdicts.py"), stamps, picture, "--verdicts", verdicts);
        assertThat(printed)
                .containsExactly(String.join(
                        " ",
                        classifications("classifications-" + FORMATS.get(0)).stream()
                                .map(one -> one.getVerdict().name())
                                .toList()));
        assertThat(ImageIO.read(picture.toFile()).getHeight()).as("two rows").isEqualTo(456);
    }

    @Test
    @Tag("system") // astropy and its dependencies take long to install
    void drawsTheRowsOfAnAnnotatedTable() throws IOException, InterruptedException {
        DebianPython.require(List.of("astropy"), "python3-astropy");
        Path table = RealData.folder("kbmod").resolve("formats/results.ecsv");
        Path classified = folder.resolve("classified.ecsv");
        assertThat(CommandOutput.by("classify", table, "--out", classified).exitCode())
                .isZero();
        Path picture = folder.resolve("classified.png");
        List<String> verdicts = CommandOutput.by("classify", table, "--json")
                .out()
                .lines()
                .map(line -> text(line, "verdict"))
                .toList();
        assertThat(DebianPython.run(EXAMPLES.resolve("plot_verdicts.py"), classified, picture))
                .containsExactly(String.join(" ", verdicts));
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(1152);
    }
}
