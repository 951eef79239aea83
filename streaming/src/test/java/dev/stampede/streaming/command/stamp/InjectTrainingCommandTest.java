package dev.stampede.streaming.command.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.fits.FitsBytes;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.broker.BrokerSettings;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.streaming.command.CommandOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InjectTrainingCommandTest {
    private static final int PACKETS = 8;
    /** The standard deviation of a star, pixels: a FWHM of 3. */
    private static final double STAR_SIGMA = 1.274;

    @TempDir
    private Path folder;

    private Path survey;
    private Path out;

    @BeforeEach
    void writeSurvey() {
        survey = SkyPackets.surveyFile(folder);
        out = folder.resolve("out");
    }

    private static float[] image(long seed, int side, double peak) {
        RandomStream random = RandomStream.of(seed, 0, 1);
        double row = side / 2.0 + random.uniform(-2, 2);
        double column = side / 2.0 + random.uniform(-2, 2);
        float[] pixels = new float[side * side];
        for (int i = 0; i < pixels.length; i++) {
            double square = Math.pow(Math.floorDiv(i, side) - row, 2) + Math.pow(i % side - column, 2);
            pixels[i] = (float) (3 + random.gaussian() + peak * Math.exp(-square / (2 * STAR_SIGMA * STAR_SIGMA)));
        }
        return pixels;
    }

    /** Packets of noise of {@code PACKETS / 2} objects; their science images show a star each of that peak, in units of the noise. */
    private Path packets(double peak) throws IOException {
        Path packets = Files.createDirectories(folder.resolve("packets"));
        for (int i = 0; i < PACKETS; i++) {
            Files.write(packets.resolve("packet" + i + ".avro"), packet(i, peak));
        }
        return packets;
    }

    private static byte[] packet(int number, double peak) {
        return SkyPackets.container(SkyPackets.record(SkyPackets.schema(), alert -> {
            alert.put("name", "object " + number / 2);
            alert.put("difference", ByteBuffer.wrap(FitsBytes.image(25, 25, image(100 + number, 25, 0))));
            ((GenericRecord) alert.get("science"))
                    .put("bytes", ByteBuffer.wrap(FitsBytes.image(25, 25, image(number, 25, peak))));
        }));
    }

    private List<String> groups() throws IOException {
        return Files.readAllLines(out.resolve(SimulatedFolder.TRUTH)).stream()
                .skip(1)
                .map(line -> line.substring(line.lastIndexOf(',') + 1))
                .distinct()
                .toList();
    }

    private CommandOutput inject(Object... options) {
        return CommandOutput.by(
                Stream.concat(Stream.of("inject-training", "--survey-file", survey, "--out", out), Stream.of(options))
                        .toArray());
    }

    @Test
    void makesLabelledStampsWithThePsfOfTheStars() throws IOException {
        CommandOutput output = inject("--packets", packets(500), "--per-image", 6, "--size", 15);
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).containsPattern("PSF of [5-8] stars: FWHM (2\\.9|3\\.0|3\\.1)\\d pixels");
        assertThat(Files.readAllLines(out.resolve(SimulatedFolder.TRUTH))).hasSizeBetween(5 * PACKETS, 6 * PACKETS + 1);
        try (StampFile sources = StampFile.open(out.resolve(SimulatedFolder.SOURCES))) {
            assertThat(sources.stamp(0).height()).isEqualTo(15);
        }
    }

    @Test
    void asksForTheWidthOfThePsfIfThereAreNoStars() throws IOException {
        CommandOutput output = inject("--packets", packets(0));
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("science images of 8 packets do not show the 5 bright", "--fwhm");
        assertThat(inject("--packets", folder.resolve("packets"), "--fwhm", "3").exitCode())
                .isZero();
    }

    @Test
    void groupsByObjectAndReadsNoMoreImagesThanAsked() throws IOException {
        Path packets = packets(0);
        assertThat(inject("--packets", packets, "--fwhm", "3").exitCode()).isZero();
        assertThat(groups()).containsExactly("0", "2", "4", "6");
        Files.write(packets.resolve("packet5.avro"), new byte[] {1, 2, 3});
        out = folder.resolve("first");
        CommandOutput first = inject("--packets", packets, "--fwhm", "3", "--max-images", 5);
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err()).doesNotContain("cannot be read");
        assertThat(groups()).containsExactly("0", "2", "4");
    }

    @Test
    void asksForSmallerStampsBeforeItAsksForStars() throws IOException {
        CommandOutput large = inject("--packets", packets(0), "--size", 63);
        assertThat(large.exitCode()).isEqualTo(2);
        assertThat(large.err())
                .contains("8 smaller than 63x63 pixels", "--size")
                .doesNotContain("stars");
    }

    @Test
    @Tag("slow")
    void readsTopicsAndCountsUndecodableRecords() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, BrokerSettings.singleNode(0))) {
            broker.createTopics(1, List.of("alerts"));
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.address()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                for (int i = 0; i < PACKETS; i++) {
                    byte[] value = i == 1 ? new byte[] {1, 2, 3} : packet(i, 0);
                    producer.send(new ProducerRecord<>("alerts", value)).get();
                }
            }
            Path settings = Files.writeString(folder.resolve("stream.properties"), """
                    bootstrap.servers=%s
                    model.path=%s
                    input.survey-files=%s
                    """.formatted(
                            broker.address(), TinyModel.standard().write(folder.resolve("tiny.onnx")), survey));
            CommandOutput output = CommandOutput.by(
                    "inject-training", "--config", settings, "--out", out, "--fwhm", "3", "--max-images", 3);
            assertThat(output.exitCode()).as(output.err()).isZero();
            assertThat(output.err()).contains("1 of 4 candidates cannot be read", "alerts-0 offset 1");
            assertThat(groups()).containsExactly("0", "1");
        }
    }

    @Test
    void refusesOptionsWithoutEffect() throws IOException {
        Path packets = packets(0);
        for (List<String> wrong : List.of(
                List.of("--axes", "n,y,x"), List.of("--coadd-exposures", "lower-median"), List.of("--column", "a"))) {
            Object[] options = Stream.concat(Stream.of("--packets", packets), wrong.stream())
                    .toArray();
            CommandOutput refused = inject(options);
            assertThat(refused.exitCode()).as(wrong.toString()).isEqualTo(2);
            assertThat(refused.err()).contains("they need --stamps");
        }
        CommandOutput stream = inject("--config", folder.resolve("stream.properties"));
        assertThat(stream.exitCode()).isEqualTo(2);
        assertThat(stream.err()).contains("--survey-file", "input.survey-files");
    }

    @Test
    void readsArraysOfOnePlane() {
        Path array = folder.resolve("sky.npy");
        try (NpyWriter writer = NpyWriter.create(array, 31, 31)) {
            for (int i = 0; i < 3; i++) {
                writer.write(image(i, 31, 0), 0, 1);
            }
        }
        assertThat(inject("--stamps", array).err()).contains("--stamps needs --fwhm");
        CommandOutput output = inject("--stamps", array, "--fwhm", "3,4", "--per-image", 4);
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).containsPattern("Wrote 1[0-2] stamps"); // an image may have too few peaks
        CommandOutput large = inject("--force", "--stamps", array, "--fwhm", "3,4", "--size", 33);
        assertThat(large.exitCode()).isEqualTo(2);
        assertThat(large.err()).contains("3 smaller than 33x33 pixels", "--size");
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(inject("--packets", empty).err()).contains("There is no", "packet", empty.toString());
        assertThat(inject().err()).contains("--packets, --stamps and --config");
        assertThat(inject("--packets", empty, "--stamps", empty).exitCode()).isEqualTo(2);
        for (List<Object> wrong : List.<List<Object>>of(
                List.of("--fwhm", "0"),
                List.of("--fwhm", "4,3"),
                List.of("--signal-to-noise", "5"),
                List.of("--bogus", "BLANK=1"),
                List.of("--max-offset", "9"),
                List.of("--from", "2026-01-01"))) {
            Object[] options =
                    Stream.concat(Stream.of("--packets", empty), wrong.stream()).toArray();
            assertThat(inject(options).exitCode()).as(wrong.toString()).isEqualTo(2);
        }
    }
}
