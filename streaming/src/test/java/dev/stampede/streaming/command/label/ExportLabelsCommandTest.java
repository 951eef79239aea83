package dev.stampede.streaming.command.label;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Label;
import dev.stampede.schemas.LabelSource;
import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.Truth;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.Classifications;
import dev.stampede.streaming.broker.BrokerSettings;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.command.CommandOutput;
import dev.stampede.streaming.kafka.TimeRange;
import dev.stampede.streaming.kafka.TopicReader;
import dev.stampede.streaming.packet.StampAlertWriter;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From labels to an archive and to what should be labelled next, against one broker. */
@Tag("slow")
class ExportLabelsCommandTest {
    private static final long FIRST_NIGHT = 1_760_000_000_000L;
    private static final long SECOND_NIGHT = FIRST_NIGHT + 86_400_000;
    private static EmbeddedBroker broker;

    @TempDir
    private static Path folder;

    /** The end of the labels that exist before any test. */
    private static Instant firstLabels;

    private static Path settings;

    @BeforeAll
    static void fillTopics() throws Exception {
        // The alerts are older than the default retention, which is checked 30 s after the start.
        BrokerSettings forever = BrokerSettings.singleNode(0).with(Map.of("log.retention.ms", "-1"));
        broker = EmbeddedBroker.start(folder, forever);
        broker.createTopics(2, List.of("alerts", "labels", "classifications", "shadow-classifications"));
        Path model = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        settings = Files.writeString(folder.resolve("stream.properties"), """
                bootstrap.servers=%s
                model.path=%s
                """.formatted(broker.address(), model));
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            send(
                    producer,
                    0,
                    "real",
                    FIRST_NIGHT,
                    alert("real", TinyModel.standard().stamp(40, 1)));
            send(
                    producer,
                    1,
                    "bogus",
                    FIRST_NIGHT,
                    alert("bogus", TinyModel.standard().stamp(0, 2)));
            send(
                    producer,
                    1,
                    "split",
                    FIRST_NIGHT + 1,
                    alert("split", TinyModel.standard().stamp(0, 3)));
            send(producer, 1, "blank", FIRST_NIGHT + 2, SingleObject.write(Alerts.uniform("blank", 0)));
            send(
                    producer,
                    0,
                    "unlabelled",
                    FIRST_NIGHT + 3,
                    alert("unlabelled", TinyModel.standard().stamp(6, 4)));
            send(producer, 0, "junk", FIRST_NIGHT + 4, new byte[] {1, 2, 3});
            send(
                    producer,
                    0,
                    "real",
                    FIRST_NIGHT + 5,
                    alert("real", TinyModel.standard().stamp(40, 5)));
            send(
                    producer,
                    0,
                    "later",
                    SECOND_NIGHT,
                    alert("later", TinyModel.standard().stamp(40, 6)));
            send(
                    producer,
                    1,
                    "doubtful",
                    SECOND_NIGHT + 1,
                    alert("doubtful", TinyModel.standard().stamp(5, 7)));
        }
        label("--id", "real", "--verdict", "real", "--object", "2026 AB,1");
        Path table = Files.writeString(folder.resolve("labels.csv"), """
                alert_id,verdict,labeller
                bogus,bogus,ada
                split,real,ada
                blank,bogus,ada
                later,real,ada
                nowhere,real,ada
                """);
        label("--csv", table.toString());
        label("--id", "split", "--verdict", "BOGUS", "--by", "ben");
        firstLabels = Instant.now().plusMillis(1);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, int partition, String key, long millis, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>("alerts", partition, millis, key.getBytes(UTF_8), value))
                .get();
    }

    private static byte[] alert(String id, Stamp stamp) {
        StampAlert alert = StampAlertWriter.alert(id, "DEEP", List.of(Plane.MEDIAN), stamp);
        Classifications.with(alert, "objectId", id.equals("split") ? "of one night" : null);
        Classifications.with(alert, "ssObjectId", id.equals("split") ? "21163624394469969" : null);
        return SingleObject.write(Classifications.with(alert, "likelihood", id.equals("real") ? 12.5 : null));
    }

    private static void label(String... options) {
        CommandOutput output =
                CommandOutput.by(concat(new String[] {"label", "--bootstrap-servers", broker.address()}, options));
        assertThat(output.exitCode()).as(output.err()).isZero();
    }

    private static Object[] concat(Object[] one, Object[] other) {
        return Stream.of(one, other).flatMap(Stream::of).toArray();
    }

    private static CommandOutput export(Path out, String... options) {
        return CommandOutput.by(concat(
                new String[] {"export-labels", "--config", settings.toString(), "--out", out.toString()}, options));
    }

    private static JsonNode reported(Path export) throws IOException {
        return new ObjectMapper().readTree(export.resolve("export.json").toFile());
    }

    @Test
    void exportsOnlyTheLabelsThatWereAddedAfterAnotherExport() throws Exception {
        Path before = folder.resolve("before");
        assertThat(export(before).exitCode()).isZero();
        label("--id", "bogus", "--verdict", "BOGUS", "--by", "ada");
        Path manifest = before.resolve("export.json");

        Path after = folder.resolve("after");
        CommandOutput output = export(after, "--labels-after", manifest.toString());
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).startsWith("Exported 0 real and 1 bogus stamps");
        assertThat(reported(after).at("/counts/labels_read").asInt()).isOne();

        assertThat(export(folder.resolve("x"), "--labels-after", manifest.toString(), "--offsets", manifest.toString())
                        .err())
                .contains("--offsets cannot be combined with", "--labels-after");
    }

    @Test
    void exportsLabelledStampsAndCountsAllOthers() throws Exception {
        Path out = folder.resolve("first-night");
        CommandOutput output = export(
                out, "--from", "2025-10-01", "--to", "2025-10-10T00:00:00Z", "--labels-to", firstLabels.toString());
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).startsWith("Exported 1 real and 2 bogus stamps of 7 alerts");
        try (StampFile sources = StampFile.open(out.resolve("stamps_sources.npy"));
                StampFile noise = StampFile.open(out.resolve("stamps_noise.npy"))) {
            assertThat(sources.size()).isOne();
            assertThat(sources.stamp(0)).isEqualTo(TinyModel.standard().stamp(40, 1));
            assertThat(noise.size()).isEqualTo(2);
            assertThat(noise.stamp(1)).isEqualTo(TinyModel.standard().stamp(0, 3));
        }
        assertThat(Files.readAllLines(out.resolve("truth.csv")))
                .hasSize(4)
                .contains("stamps_sources.npy,0,\"object:2026 AB,1\",12.500,packet,,real,EXPERT,"
                        + System.getProperty("user.name") + ",12.5,,,")
                .anyMatch(line -> line.startsWith("stamps_noise.npy,1,known-object:21163624394469969,"))
                .anyMatch(line ->
                        line.startsWith("stamps_noise.npy,0,alert:bogus,") && line.endsWith("bogus,EXPERT,ada,,,,"));
        JsonNode counts = reported(out).path("counts");
        assertThat(counts.path("alerts_without_label").asInt()).isOne();
        assertThat(counts.path("alerts_repeated").asInt()).isOne();
        assertThat(counts.at("/alerts_unreadable/UNKNOWN_FRAMING").asInt()).isOne();
        assertThat(counts.at("/stamps_left_out/BLANK").asInt()).isOne();
        assertThat(counts.path("labels_read").asInt()).isEqualTo(7);
        assertThat(counts.path("labelled_alerts_not_in_range").asInt())
                .as("later, nowhere")
                .isEqualTo(2);
        assertThat(reported(out).at("/conflicts/0/alert_id").asText()).isEqualTo("split");
        assertThat(reported(out).at("/conflicts/0/taken").asText()).isEqualTo("BOGUS");
        assertThat(reported(out).at("/alerts/0/offsets/0/to").asInt()).isEqualTo(4);
        assertThat(reported(out).at("/fitted_for/planes"))
                .as("the order of the planes in the arrays")
                .extracting(JsonNode::asText)
                .containsExactly("median");
    }

    @Test
    void sameOffsetsGiveTheSameBytesAfterNewRecords() throws Exception {
        Path once = folder.resolve("once");
        assertThat(export(once, "--from", "2025-10-01").exitCode()).isZero();
        label("--id", "unlabelled", "--verdict", "REAL");
        Path again = folder.resolve("again");
        CommandOutput output =
                export(again, "--offsets", once.resolve("export.json").toString());
        assertThat(output.exitCode()).as(output.err()).isZero();
        for (String file : List.of("export.json", "truth.csv", "stamps_sources.npy", "stamps_noise.npy")) {
            assertThat(again.resolve(file)).as(file).hasSameBinaryContentAs(once.resolve(file));
        }
        assertThat(export(folder.resolve("more")).exitCode()).isZero();
        assertThat(reported(folder.resolve("more")).at("/counts/stamps_real").asInt())
                .isEqualTo(reported(once).at("/counts/stamps_real").asInt() + 1);
    }

    @Test
    void reportsWhyItExportsNothing() throws Exception {
        Path there = Files.createDirectory(folder.resolve("there"));
        Path notes = Files.writeString(there.resolve("notes.txt"), "old");
        assertThat(export(there))
                .returns(2, CommandOutput::exitCode)
                .extracting(CommandOutput::err)
                .asString()
                .contains(there + " exists; --force overwrites it.");
        assertThat(there).isDirectoryContaining(notes::equals);
        assertThat(export(there, "--force").exitCode()).isZero();
        assertThat(notes).exists();
        assertThat(there.resolve("export.json")).exists();
        assertThat(export(folder.resolve("x"), "--from", "yesterday"))
                .returns(2, CommandOutput::exitCode)
                .extracting(CommandOutput::err)
                .asString()
                .contains("--from is 'yesterday'");
        Path gone = Files.writeString(folder.resolve("gone.json"), """
                {"alerts": [{"topic": "alerts", "offsets": [{"partition": 0, "from": 0, "to": 1000}]}],
                 "labels": {"topic": "labels", "offsets": []}}""");
        assertThat(export(folder.resolve("x"), "--offsets", gone.toString()))
                .returns(1, CommandOutput::exitCode)
                .extracting(CommandOutput::err)
                .asString()
                .contains("alerts-0 holds the offsets 0 to");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void sendsNoLabelOfATableWithAnInvalidRow() throws Exception {
        Path table = Files.writeString(folder.resolve("wrong.csv"), "alert_id,verdict\na,REAL\nb,MAYBE\n");
        CommandOutput output = CommandOutput.by("label", "--bootstrap-servers", broker.address(), "--csv", table);
        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err()).contains("line 3", "MAYBE", "Nothing was sent");
        assertThat(CommandOutput.by("label", "--id", "a").exitCode()).isEqualTo(2);
        assertThat(CommandOutput.by("label", "--id", "a", "--verdict", "REAL", "--csv", "b")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void ranksAndDrawsCandidatesToLabel() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (String topic : List.of("classifications", "shadow-classifications")) {
                boolean live = topic.equals("classifications");
                classify(producer, topic, "doubtful", 0.52f);
                classify(producer, topic, "opposed", live ? 0.9f : 0.01f);
                classify(producer, topic, "sure", 0.999f);
                classify(producer, topic, "bogus", 0.5f);
            }
        }
        Path png = folder.resolve("next.png");
        CommandOutput output = CommandOutput.by("candidates-to-label", "--config", settings, "--json", "--png", png);
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(new ObjectMapper()
                        .readTree("[" + String.join(",", output.out().lines().toList()) + "]"))
                .extracting(line -> line.path("alertId").asText() + " "
                        + line.path("concerns").fieldNames().next())
                .containsExactly("opposed SHADOW_DISAGREES", "doubtful UNCERTAIN");
        assertThat(png).isNotEmptyFile();
        CommandOutput table = CommandOutput.by("candidates-to-label", "--config", settings, "--count", "1");
        assertThat(table.out())
                .contains("REAL        0.900000", "opposed  shadow disagrees")
                .doesNotContain("doubtful");
        Path unshadowed = Files.writeString(
                folder.resolve("unshadowed.properties"),
                Files.readString(settings) + "topic.shadow-classifications=none\n");
        assertThat(CommandOutput.by("candidates-to-label", "--config", unshadowed)
                        .out())
                .contains("doubtful")
                .doesNotContain("shadow disagrees");
        assertThat(CommandOutput.by("candidates-to-label", "--config", settings, "--to", "2020-01-01")
                        .err())
                .contains("needs a review");
    }

    @Test
    void labelsKnownObjectsThatHaveNoLabel() throws Exception {
        String[] topics = {"--topic", "known-labels", "--classifications-topic", "known-classifications"};
        broker.createTopics(1, List.of("known-labels", "known-classifications"));
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (String id : List.of("earlier", "known", "known", "seen before", "stranger")) {
                Classification classification = Classifications.reported(id, 0.01f, FIRST_NIGHT);
                Classifications.with(classification, "ssObjectId", "21163624394469969");
                Classifications.with(classification, "knownObjectName", "2004 JQ12");
                Classifications.with(classification, "knownObjectDistanceArcsec", 0.0298);
                Classifications.with(classification, "matchesKnownObject", !id.equals("stranger"));
                long millis = id.equals("earlier") ? FIRST_NIGHT : SECOND_NIGHT;
                producer.send(new ProducerRecord<>(
                                "known-classifications",
                                0,
                                millis,
                                id.getBytes(UTF_8),
                                SingleObject.write(classification)))
                        .get();
            }
        }
        label("--topic", "known-labels", "--id", "seen before", "--verdict", "BOGUS");
        CommandOutput output = CommandOutput.by(concat(
                new String[] {"label", "--bootstrap-servers", broker.address(), "--known-objects", "--by", "night"},
                concat(topics, new Object[] {"--from", Instant.ofEpochMilli(SECOND_NIGHT)})));
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out())
                .contains("Sent 1 label to known-labels. 1 detections of known objects were labelled already.");
        List<Label> labels = new ArrayList<>();
        try (TopicReader reader = TopicReader.ofRanges(Map.of("bootstrap.servers", broker.address()))) {
            for (ConsumerRecord<byte[], byte[]> record : read(reader, "known-labels")) {
                labels.add(SingleObject.read(Label.class, record.value()));
            }
        }
        assertThat(labels).hasSize(2).last().satisfies(label -> {
            assertThat(label.getAlertId()).isEqualTo("known");
            assertThat(label.getTruth()).isEqualTo(Truth.REAL);
            assertThat(label.getSource()).isEqualTo(LabelSource.KNOWN_OBJECT);
            assertThat(label.getObjectId()).isEqualTo("21163624394469969");
            assertThat(label.getLabeller()).isEqualTo("night");
            assertThat(label.getComment()).isEqualTo("2004 JQ12, 0.03 arcsec");
        });
        assertThat(CommandOutput.by("label", "--known-objects", "--source", "EXPERT"))
                .returns(2, CommandOutput::exitCode)
                .extracting(CommandOutput::err)
                .asString()
                .contains("--source cannot be combined");
        assertThat(CommandOutput.by("label", "--id", "a", "--verdict", "REAL", "--from", "2026-01-01"))
                .returns(2, CommandOutput::exitCode)
                .extracting(CommandOutput::err)
                .asString()
                .contains("need --known-objects");
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(TopicReader reader, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        reader.read(reader.range(topic, TimeRange.ALL), records::add);
        return records;
    }

    private static void classify(KafkaProducer<byte[], byte[]> producer, String topic, String id, float probability)
            throws Exception {
        byte[] value = SingleObject.write(Classifications.reported(id, probability, SECOND_NIGHT + 1));
        producer.send(new ProducerRecord<>(topic, 0, SECOND_NIGHT + 1, id.getBytes(UTF_8), value))
                .get();
    }
}
