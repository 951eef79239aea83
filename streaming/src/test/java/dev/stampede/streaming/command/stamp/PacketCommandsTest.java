package dev.stampede.streaming.command.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.fits.FitsBytes;
import dev.stampede.stamps.npy.NpyArray;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.NightPackets;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.command.CommandOutput;
import dev.stampede.streaming.packet.PlainPacket;
import dev.stampede.streaming.registry.SchemaFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.avro.file.CodecFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketCommandsTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path survey;
    private Path good;
    private Path bad;

    @BeforeEach
    void write() throws IOException {
        model = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        survey = SkyPackets.surveyFile(folder);
        Path packets = Files.createDirectories(folder.resolve("packets/night"));
        good = Files.write(packets.resolve("a,good.avro"), SkyPackets.container(SkyPackets.record()));
        bad = Files.write(packets.resolve("bad.avro"), new byte[] {1, 2, 3});
        Files.write(packets.resolve("notes.txt"), new byte[] {1, 2, 3});
    }

    private static JsonNode json(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }

    @Test
    void classifiesEveryPacketInAFolder() throws IOException {
        CommandOutput output = CommandOutput.by(
                "classify", folder.resolve("packets"), "--survey-file", survey, "--model", model, "--json");
        assertThat(output.exitCode()).as(output.err()).isZero();
        List<String> lines = output.out().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode first = json(lines.get(0));
        assertThat(first.get("file").asText()).endsWith("a,good.avro");
        assertThat(first.get("survey").asText()).isEqualTo("SKY");
        assertThat(first.get("alertId").asText()).isEqualTo("169813006129561655");
        assertThat(first.get("index").asInt()).isZero();
        assertThat(first.get("surveyScore").asDouble()).isEqualTo(0.75);
        assertThat(first.get("verdict").asText()).isIn("REAL", "BOGUS", "ABSTAIN");
        JsonNode second = json(lines.get(1));
        assertThat(second.get("verdict").isNull()).isTrue();
        assertThat(second.get("errorClass").asText()).isEqualTo("UNKNOWN_FRAMING");
        assertThat(second.get("errorMessage").asText()).contains("known framing");
        assertThat(second.get("probability").isNull()).isTrue();
    }

    @Test
    void countsWhatCannotBeReadAndFailsIfStrictOrNothingWasRead() {
        Object[] some = {"classify", good, bad, "--survey-file", survey, "--model", model};
        CommandOutput output = CommandOutput.by(some);
        assertThat(output.exitCode()).isZero();
        assertThat(output.err().lines())
                .containsExactly(
                        "1 of 2 candidates cannot be read:",
                        "  UNKNOWN_FRAMING (1), first " + bad + ": the first bytes do not match any known framing");
        Object[] strict = Arrays.copyOf(some, some.length + 1);
        strict[some.length] = "--strict";
        assertThat(CommandOutput.by(strict).exitCode()).isEqualTo(1);
        assertThat(CommandOutput.by("classify", bad, "--model", model).exitCode())
                .isEqualTo(1);
        assertThat(CommandOutput.by("classify", good, "--model", model).err())
                .contains("UNKNOWN_SURVEY (1)", "describe it in a survey file with --survey-file");
    }

    @Test
    void hintsAtTheSchemasOfAnUnknownId() throws IOException {
        Path confluent = Files.write(folder.resolve("c.avro"), new byte[] {0, 0, 0, 3, (byte) 0xE8, 1, 2});
        assertThat(CommandOutput.by("classify", confluent, "--model", model).err())
                .contains("UNKNOWN_SCHEMA (1)", "no schema with the id 1000; name its schemas with --schemas or")
                .contains("--schema-registry");
    }

    @Test
    void explainsPackets() throws IOException {
        Path png = folder.resolve("maps.png");
        Path file = Files.writeString(folder.resolve("night.yaml"), NightPackets.surveyFile("MJD"));
        Path packet = Files.write(folder.resolve("night.avro"), NightPackets.packet(7L, 60_000, false));
        CommandOutput output = CommandOutput.by("explain", packet, bad, "--survey-file", file, "--json", "--png", png);
        assertThat(output.exitCode()).as(output.err()).isZero();
        List<String> lines = output.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(json(lines.get(0)).get("alertId").asText()).isEqualTo("7");
        assertThat(json(lines.get(0)).at("/occlusionMap/values")).hasSize(21);
        assertThat(json(lines.get(1)).get("errorClass").asText()).isEqualTo("UNKNOWN_FRAMING");
        assertThat(output.err()).contains("1 of 2 candidates cannot be read");
        assertThat(png).isNotEmptyFile();
        assertThat(CommandOutput.by("explain", good, "--index", "0").err()).contains("--index is only for");
    }

    @Test
    void writesColumnsAndCommaSeparatedValues() {
        CommandOutput text = CommandOutput.by("classify", good, bad, "--survey-file", survey, "--model", model);
        assertThat(text.out()).contains("verdict", "SKY", "169813006129561655", "UNREADABLE", "UNKNOWN_FRAMING");
        CommandOutput csv = CommandOutput.by("classify", good, "--survey-file", survey, "--model", model, "--csv");
        assertThat(csv.out().lines().toList())
                .hasSize(2)
                .first()
                .isEqualTo(
                        "file,index,survey,alertId,objectId,band,signalToNoise,magnitude,verdict,abstentionReason,abstentionDetail,probability,probabilitySpread,"
                                + "surveyScore,crop.method,crop.width,crop.height,crop.magnification,crop.padded,negative,negated,"
                                + "ssObjectId,knownObjectName,knownObjectDistanceArcsec,matchesKnownObject,errorClass,errorMessage");
        assertThat(csv.out()).contains("a,good.avro\",0,SKY,169813006129561655,");
    }

    @Test
    void derivesTheMagnitudeFromTheFluxOfAPacket() throws IOException {
        Path described = Files.writeString(
                folder.resolve("flux.yaml"), SkyPackets.SURVEY_FILE + "magnitude: {fluxNanojansky: seen.flux}\n");
        CommandOutput output =
                CommandOutput.by("classify", good, "--survey-file", described, "--model", model, "--json");
        // 30 nJy: 31.4 - 2.5 log10(30)
        assertThat(json(output.out()).get("magnitude").asDouble()).isEqualTo(27.707, within(1e-3));
    }

    @Test
    void writesTheStampsThatItClassifies() {
        Path array = folder.resolve("stamps.npy");
        CommandOutput output =
                CommandOutput.by("classify", bad, good, "--survey-file", survey, "--model", model, "--npy", array);
        assertThat(output.exitCode()).as(output.err()).isZero();
        try (NpyArray stamps = NpyArray.open(array)) {
            assertThat(stamps.shape()).containsExactly(2L, 21L, 21L);
            float[] pixels = new float[2 * 441];
            stamps.read(0, 2, pixels, 0);
            assertThat(Arrays.copyOf(pixels, 441)).containsOnly(Float.NaN);
            assertThat(pixels[441]).isEqualTo(0.25f);
            assertThat(pixels[441 + 220]).isEqualTo(9);
        }
    }

    @Test
    void showsWhatIsInAPacketAndDrawsItsCutouts() throws IOException {
        Path png = folder.resolve("cutouts.png");
        CommandOutput output = CommandOutput.by("inspect", good, "--survey-file", survey, "--png", png, "--json");
        assertThat(output.exitCode()).as(output.err()).isZero();
        JsonNode shown = json(output.out());
        assertThat(shown.get("format").asText()).isEqualTo("ocf");
        assertThat(shown.get("schema").asText()).isEqualTo("sky.v1.alert");
        assertThat(shown.get("mjd").asDouble()).isEqualTo(60_000.25);
        assertThat(shown.get("timeScale").asText()).isEqualTo("UTC");
        assertThat(shown.get("rightAscensionDegrees").asDouble()).isEqualTo(216.5);
        assertThat(shown.at("/cutouts/difference").asText()).isEqualTo("25 columns, 25 rows, 0 masked pixels");
        assertThat(shown.at("/cutouts/template").asText()).isEqualTo("missing");
        assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(2 * 25);
    }

    @Test
    void inspectsWhatPrecedesADamageAndNamesIt() throws IOException {
        byte[] pair = SkyPackets.containerOfBlocks(CodecFactory.nullCodec(), SkyPackets.record(), SkyPackets.record());
        byte[] zipped = FitsBytes.gzip(pair);
        Path cut = Files.write(folder.resolve("cut.avro.gz"), Arrays.copyOf(zipped, zipped.length - 8));
        Path none = Files.write(folder.resolve("none.avro.gz"), Arrays.copyOf(zipped, 5));
        CommandOutput output = CommandOutput.by("inspect", cut, none, good, "--survey-file", survey);
        assertThat(output.exitCode()).as(output.err()).isZero();
        List<String> lines = output.out().lines().toList();
        assertThat(lines).filteredOn(line -> line.startsWith("alertId")).hasSizeBetween(2, 3);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("errorMessage"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("cut.avro.gz"),
                        second -> assertThat(second).contains("none.avro.gz"));
        assertThat(CommandOutput.by("inspect", none).exitCode()).isEqualTo(1);
    }

    @Test
    void saysInOneSentenceWhatIsWrong() {
        assertThat(CommandOutput.by("inspect", model, "--png", folder.resolve("x.png"))
                        .exitCode())
                .isEqualTo(2);
        assertThat(CommandOutput.by("inspect", bad, "--png", folder.resolve("x.png"))
                        .err())
                .contains("no cutout");
        assertThat(CommandOutput.by("classify", folder.resolve("none.avro"), "--model", model)
                        .err())
                .contains("none.avro: there is no such file or folder.");
        assertThat(CommandOutput.by("classify", good, "--model", model, "--schema-registry", "ftp://x")
                        .err())
                .contains("schema.registry.url");
        assertThat(CommandOutput.by("classify", good, "--model", model, "--schemas", folder)
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void judgesEveryRealPacket() throws IOException {
        Path packets = RealData.folder("packets");
        long files;
        try (Stream<Path> all = Files.walk(packets)) {
            files = all.filter(file -> file.toString().endsWith(".avro")).count();
        }
        CommandOutput output = CommandOutput.by(
                "classify", packets, "--schemas", packets.resolve("rubin/schemas"), "--model", model, "--csv");
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out().lines()).hasSize((int) files + 1);
        assertThat(output.out().lines().filter(line -> line.contains(",MISSING_PLANE,difference,")))
                .hasSize(3)
                .allMatch(line -> line.contains("fakeAlert.avro"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.stampede.streaming.packet.PlainPacket#real")
    void judgesThePixelsThatAPlainReadingFinds(String file, String cutout) throws IOException {
        Path packets = RealData.folder("packets");
        Path published = packets.resolve("rubin/schemas");
        Path packet = packets.resolve(file);
        Stamp plain = PlainPacket.stamp(Files.readAllBytes(packet), cutout, SchemaFolder.read(published), 21);
        Prediction expected;
        try (StampModel classifier = StampModel.open(ModelFile.read(model));
                StampPredictor predict = classifier.newPredictor(1)) {
            expected = predict.predict(List.of(plain)).get(0);
        }
        CommandOutput output = CommandOutput.by("classify", packet, "--schemas", published, "--model", model, "--json");
        JsonNode line = json(output.out());
        assertThat(line.get("verdict").asText()).isEqualTo(expected.verdict().name());
        if (expected instanceof Prediction.Scored scored) {
            assertThat(line.get("probability").asDouble()).isEqualTo(scored.probability(), within(1e-6));
        }
    }

    @ParameterizedTest(name = "days as {0}")
    @ValueSource(strings = {"JD", "MJD"})
    void classifiesASurveyThatAFileDescribes(String timeFormat) throws IOException {
        Path file = Files.writeString(folder.resolve("night.yaml"), NightPackets.surveyFile(timeFormat));
        Path packet = Files.write(
                folder.resolve("night.avro"),
                NightPackets.packet("2026-a", timeFormat.equals("JD") ? 2_460_000.5 : 60_000, true));
        JsonNode line = json(CommandOutput.by("classify", packet, "--survey-file", file, "--model", model, "--json")
                .out());
        assertThat(line.get("survey").asText()).isEqualTo("NIGHT");
        assertThat(line.get("alertId").asText()).isEqualTo("2026-a");
        assertThat(line.at("/crop/method").asText()).isEqualTo("CENTRE");
        assertThat(json(CommandOutput.by("classify", packet, "--model", model, "--json")
                                .out())
                        .get("errorClass")
                        .asText())
                .isEqualTo("UNKNOWN_SURVEY");
    }

    @Test
    void resamplesWithTheShippedModel() throws IOException {
        Path file = Files.writeString(folder.resolve("night.yaml"), NightPackets.surveyFile("MJD"));
        Path packet = Files.write(folder.resolve("night.avro"), NightPackets.packet(7L, 60_000, false));
        CommandOutput output =
                CommandOutput.by("classify", packet, "--survey-file", file, "--fit", "resample", "--json");
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(json(output.out()).at("/crop/method").asText()).isEqualTo("RESAMPLED");
        assertThat(json(output.out()).at("/crop/magnification").asDouble()).isEqualTo(0.5 / 0.263, within(1e-6));
        CommandOutput refused = CommandOutput.by("classify", packet, "--model", model, "--fit", "resample");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--pixel-scale");
    }

    @Test
    void takesASurveyFileBesideThoseOfTheSettings() throws IOException {
        Path settings = Files.writeString(
                folder.resolve("s.properties"), "bootstrap.servers=nowhere:1\ninput.survey-files=first.yaml\n");
        CommandOutput output =
                CommandOutput.by("stream", "--config", settings, "--survey-file", survey, "--print-config");
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).contains("input.survey-files=first.yaml," + survey);
    }
}
