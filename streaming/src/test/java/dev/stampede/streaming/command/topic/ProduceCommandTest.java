package dev.stampede.streaming.command.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stampede.schemas.Coadd;
import dev.stampede.schemas.CoaddKind;
import dev.stampede.schemas.StampAlert;
import dev.stampede.schemas.TimeScale;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.command.CommandOutput;
import dev.stampede.streaming.kafka.TopicFollower;
import dev.stampede.streaming.wire.GeneratedClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code produce} sends, read back. Each test has a topic of its own. */
@Tag("slow")
class ProduceCommandTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final BinaryMessageDecoder<StampAlert> ALERTS =
            new BinaryMessageDecoder<>(new GeneratedClasses(), StampAlert.getClassSchema());
    private static EmbeddedBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static CommandOutput produce(String topic, Object... options) {
        broker.createTopics(2, List.of(topic));
        List<Object> all =
                new ArrayList<>(List.of("produce", "--bootstrap-servers", broker.address(), "--topic", topic));
        all.addAll(List.of(options));
        return CommandOutput.by(all.toArray());
    }

    /** Every record of the topic, in the order of their timestamps. */
    private static List<ConsumerRecord<byte[], byte[]>> records(String topic) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = Collections.synchronizedList(new ArrayList<>());
        try (TopicFollower follower = TopicFollower.start(broker.address(), List.of(topic), records::add)) {
            assertThat(follower.finish(TIMEOUT)).isTrue();
            assertThat(follower.failure()).isNull();
        }
        return records.stream()
                .sorted(Comparator.comparingLong(ConsumerRecord::timestamp))
                .toList();
    }

    @Test
    void sendsSimulatedAlertsNeverFasterThanTheRate() throws InterruptedException {
        long start = System.currentTimeMillis();
        CommandOutput output = produce("paced", "--simulate", "21", "--rate", "40");
        assertThat(output.exitCode()).as(output.err()).isZero();
        List<ConsumerRecord<byte[], byte[]>> sent = records("paced");
        assertThat(sent).hasSize(21);
        // The twenty after the first are due 25 ms apart; a timestamp has whole milliseconds. The first may itself be
        // late.
        assertThat(sent.get(20).timestamp() - start).isGreaterThanOrEqualTo(20 * 25 - 1);
    }

    @Test
    void sendsThePacketsOfAFolderAsTheyAre() throws IOException, InterruptedException {
        Path night = Files.createDirectories(folder.resolve("packets/night"));
        byte[] good = SkyPackets.container(SkyPackets.record());
        byte[] bad = {1, 2, 3};
        Files.write(night.resolve("good.avro"), good);
        Files.write(folder.resolve("packets/bad.avro"), bad);
        Files.write(night.resolve("notes.txt"), bad);
        CommandOutput output = produce("packets", folder.resolve("packets"));
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).startsWith("Sent 2 alerts to packets in ");
        assertThat(records("packets")).hasSize(2).allSatisfy(record -> {
            String key = new String(record.key(), UTF_8);
            assertThat(record.value()).isEqualTo(key.equals("good") ? good : bad);
        });
    }

    @Test
    void sendsPacketFilesThatAreNamedOneByOne() throws IOException, InterruptedException {
        Path one = Files.write(folder.resolve("one.avro"), new byte[] {1});
        Path two = Files.write(folder.resolve("two.avro"), new byte[] {2});
        assertThat(produce("named", one, two, "--rate", "1000").exitCode()).isZero();
        assertThat(records("named")).hasSize(2);
    }

    private Path stamps(String name, float... values) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (NpyWriter writer = NpyWriter.create(file, 1, 1)) {
            writer.write(values, 0, values.length);
        }
        return file;
    }

    private static StampAlert decode(byte[] value) {
        try {
            return ALERTS.decode(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void givesStampsUnknownTimesAndIdsThatDifferByContent() throws IOException, InterruptedException {
        stamps("night1/results.npy", 1, 2);
        Path second = stamps("night2/results.npy", 3);
        assertThat(produce("arrays", folder.resolve("night1"), second).exitCode())
                .isZero();
        List<StampAlert> alerts =
                records("arrays").stream().map(record -> decode(record.value())).toList();
        assertThat(alerts).hasSize(3).allSatisfy(alert -> {
            assertThat(alert.getMjd()).isNull();
            assertThat(alert.getRightAscensionDegrees()).isNull();
            assertThat(alert.getDeclinationDegrees()).isNull();
            assertThat(alert.getAlertId()).matches("results-[0-9a-f]{8}-000000000[01]");
        });
        assertThat(alerts).extracting(StampAlert::getAlertId).doesNotHaveDuplicates();
    }

    @Test
    void takesTheFieldsOfAlertsFromATable() throws IOException, InterruptedException {
        Path array = stamps("results.npy", 1, 2);
        Path table = Files.writeString(folder.resolve("results.csv"), """
                alertId,survey,band,mjd,timeScale,rightAscensionDegrees,declinationDegrees,likelihood,flux,velocityXPixelsPerDay,exposureCount,explain
                kbmod-7,DEEP,VR,60123.25,utc,216.5,-13.25,12.5,310,-96.5,40,true
                ,,,,,,,,,,,
                """);
        assertThat(produce("tabled", array, "--table", table).exitCode()).isZero();
        List<ConsumerRecord<byte[], byte[]>> sent = records("tabled");
        StampAlert alert = sent.stream()
                .filter(record -> new String(record.key(), UTF_8).equals("kbmod-7"))
                .map(record -> decode(record.value()))
                .findFirst()
                .orElseThrow();
        assertThat(alert.getAlertId()).isEqualTo("kbmod-7");
        assertThat(alert.getSurvey()).isEqualTo("DEEP");
        assertThat(alert.getBand()).isEqualTo("VR");
        assertThat(alert.getMjd()).isEqualTo(60123.25);
        assertThat(alert.getTimeScale()).isEqualTo(TimeScale.UTC);
        assertThat(alert.getRightAscensionDegrees()).isEqualTo(216.5);
        assertThat(alert.getDeclinationDegrees()).isEqualTo(-13.25);
        assertThat(alert.getLikelihood()).isEqualTo(12.5);
        assertThat(alert.getFlux()).isEqualTo(310);
        assertThat(alert.getVelocityXPixelsPerDay()).isEqualTo(-96.5);
        assertThat(alert.getVelocityYPixelsPerDay()).isNull();
        assertThat(alert.getExposureCount()).isEqualTo(40);
        assertThat(alert.getExplain()).isTrue();
        assertThat(sent)
                .hasSize(2)
                .anySatisfy(
                        record -> assertThat(decode(record.value()).getMjd()).isNull());
    }

    @Test
    void sendsTheCandidatesOfAResultsTableWithTheirIdsAndFields() throws IOException, InterruptedException {
        Path results = RealData.folder("kbmod/formats").resolve("results.parquet");
        assertThat(produce("searched", results).exitCode()).isZero();
        List<StampAlert> alerts = records("searched").stream()
                .map(record -> decode(record.value()))
                .toList();
        assertThat(alerts).hasSize(23).allSatisfy(alert -> {
            assertThat(alert.getCoadds())
                    .extracting(Coadd::getKind)
                    .containsExactly(CoaddKind.MEDIAN, CoaddKind.MEAN, CoaddKind.SUM);
            assertThat(alert.getMjd()).isNull();
        });
        StampAlert first = alerts.stream()
                .filter(alert -> alert.getAlertId().equals("1d21db19fd0f4d30857284dc755412b5"))
                .findFirst()
                .orElseThrow();
        assertThat(first.getLikelihood()).isEqualTo(6.316474437713623);
        assertThat(first.getVelocityXPixelsPerDay()).isEqualTo(128.09002685546875);
        assertThat(first.getVelocityYPixelsPerDay()).isEqualTo(28.94244384765625);
        assertThat(first.getXPixels()).isEqualTo(154);
        assertThat(first.getYPixels()).isEqualTo(206);
        assertThat(first.getFlux()).isEqualTo(52.93867492675781);
        assertThat(first.getExposureCount()).isEqualTo(21);
    }

    @Test
    void namesTheColumnsOfATableAndRefusesAStampOfUnknownKind() throws IOException, InterruptedException {
        Path array = stamps("mapped.npy", 1, 2);
        Path table =
                Files.writeString(folder.resolve("mapped.csv"), "id,ra,dec,time,snr\na,10,-5,60000.5,7\nb,11,-6,,8\n");
        CommandOutput mapped = produce("mapped", array, "--table", table, "--columns", "mjd=time");
        assertThat(mapped.exitCode()).isZero();
        assertThat(mapped.err()).contains("mapped.csv: ignored the columns [snr]; --columns FIELD=COLUMN");
        assertThat(records("mapped"))
                .extracting(record -> decode(record.value()))
                .extracting(StampAlert::getAlertId, StampAlert::getMjd, StampAlert::getDeclinationDegrees)
                .containsExactlyInAnyOrder(tuple("a", 60000.5, -5.0), tuple("b", null, -6.0));
        Path kbmod = RealData.folder("kbmod").resolve("results.ecsv");
        CommandOutput output = produce("unnamed", kbmod);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("does not state which coadd they are; name it with --planes");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            mjd;1                     | t.csv has 1 rows, but there are 2 stamps.
            mjd;1;2;3                 | t.csv has 3 rows, but there are 2 stamps.
            mjd;1;x                   | t.csv line 3, column mjd: 'x' is not a number
            mjd;1;NaN                 | t.csv line 3, column mjd: 'NaN' is not a number
            mjd;1;2460000.5           | column mjd: '2460000.5' is out of range: mjd is 2460000.5, not 0 to 100000
            flux;1;1e999              | column flux: '1e999' is not a number
            exposureCount;1;2.5       | column exposureCount: '2.5' is not a whole number
            explain;yes;no            | column explain: 'yes' is neither true nor false
            timeScale;UTC;TDB         | column timeScale: 'TDB' is not one of [TAI, UTC]
            alertId;a;a               | column alertId: 'a' is that of line 2 as well
            rightAscensionDegrees;1;2 | has only one of rightAscensionDegrees and declinationDegrees
            """)
    void namesWhatIsWrongWithATable(String lines, String message) throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), lines.replace(';', '\n') + "\n");
        CommandOutput output =
                CommandOutput.by("produce", stamps("results.npy", 1, 2), "--table", table, "--topic", "never");
        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err()).contains(message).hasLineCount(1);
    }

    @Test
    void refusesATableForSeveralFilesOrPackets() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "mjd\n1\n");
        Path packet = Files.write(folder.resolve("one.avro"), new byte[] {1});
        for (Path input : List.of(packet, folder)) {
            CommandOutput output = CommandOutput.by("produce", input, "--table", table);
            assertThat(output.exitCode()).isEqualTo(2);
            assertThat(output.err()).contains("--table needs one array");
        }
    }

    @Test
    void refusesColumnsOfNoTable() throws IOException {
        CommandOutput array = CommandOutput.by("produce", stamps("results.npy", 1, 2), "--columns", "mjd=time");
        assertThat(array.err()).contains("--columns is only for a table");
        CommandOutput simulated = CommandOutput.by("produce", "--simulate", 1, "--columns", "mjd=time");
        assertThat(simulated.err()).contains("--table and --columns are for stamps in files");
    }

    @Test
    void refusesAFileThatIsNeitherStampsNorPackets() throws IOException {
        Path model = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        CommandOutput output = produce("neither", model);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains(model.toString());
    }
}
