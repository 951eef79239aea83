package dev.stampede.streaming.command.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.command.CommandOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampCommandsTest {
    @TempDir
    private Path folder;

    private Path model;
    private Path stamps;

    @BeforeEach
    void writeAModelAndABrightAFaintAndABlankStamp() {
        model = TinyModel.standard().write(folder.resolve("tiny.onnx"));
        stamps = folder.resolve("stamps.npy");
        try (NpyWriter writer = NpyWriter.create(stamps, 21, 21)) {
            writer.write(TinyModel.standard().stamp(40, 1));
            writer.write(TinyModel.standard().stamp(0, 2));
            writer.write(Stamp.of(1, 21, 21, new float[441]));
        }
    }

    private static void assertOneSentence(CommandOutput output, String... description) {
        assertThat(output.exitCode()).isIn(1, 2);
        assertThat(output.out()).isEmpty();
        assertThat(output.err()).hasLineCount(1).contains(description).doesNotContain("Exception");
    }

    @Test
    void judgesEveryStampInOrder() {
        CommandOutput output = CommandOutput.by("classify", stamps, "--model", model, "--csv");

        assertThat(output.exitCode()).isZero();
        assertThat(output.out().lines())
                .hasSize(4)
                .satisfiesExactly(
                        header -> assertThat(header).isEqualTo("index,verdict,reason,probability"),
                        bright -> assertThat(bright).matches("0,REAL,,[01]\\.\\d{6}"),
                        faint -> assertThat(faint).matches("1,BOGUS,,0\\.\\d{6}"),
                        blank -> assertThat(blank).isEqualTo("2,ABSTAIN,BLANK,"));
    }

    @Test
    void answersInJsonALineAStamp() throws IOException {
        List<String> lines = CommandOutput.by("classify", stamps, "--model", model, "--json")
                .out()
                .lines()
                .toList();

        JsonNode bright = new ObjectMapper().readTree(lines.get(0));
        assertThat(bright.get("verdict").asText()).isEqualTo("REAL");
        assertThat(bright.get("reason").isNull()).isTrue();
        assertThat(bright.get("probability").asDouble()).isBetween(0.5, 1.0);
        JsonNode blank = new ObjectMapper().readTree(lines.get(2));
        assertThat(blank.get("reason").asText()).isEqualTo("BLANK");
        assertThat(blank.get("probability").isNull()).isTrue();
    }

    @Test
    void takesThePlaneThatWasAskedFor() {
        Path several = folder.resolve("several.npy");
        try (NpyWriter writer = NpyWriter.create(several, 3, 21, 21)) {
            float[] pixels = new float[3 * 441];
            TinyModel.standard().stamp(0, 3).copyTo(pixels, 0);
            TinyModel.standard().stamp(40, 4).copyTo(pixels, 441);
            writer.write(pixels, 0, 1);
        }
        assertThat(CommandOutput.by("classify", several, "--model", model).out())
                .contains("BOGUS");
        assertThat(CommandOutput.by("classify", several, "--model", model, "--coadd", "mean")
                        .out())
                .contains("REAL");
        assertOneSentence(
                CommandOutput.by("classify", several, "--model", model, "--csv", "--coadd", "weighted"),
                "planes 0 to 2");
    }

    @Test
    void takesSeveralStampFilesForNoPackets() {
        for (String command : List.of("classify", "produce")) {
            CommandOutput output = CommandOutput.by(command, stamps, folder.resolve("others.npy"));
            assertThat(output.exitCode()).isEqualTo(2);
            assertThat(output.out()).isEmpty();
            assertThat(output.err()).contains(stamps + " is not a packet", "name only one");
        }
        assertThat(CommandOutput.by("inspect", model, stamps).err()).contains(model + " is not a packet");
    }

    @Test
    void refusesFilesThatAreNoStampsInOneSentence() throws IOException {
        Path truncated = folder.resolve("truncated.npy");
        byte[] whole = Files.readAllBytes(stamps);
        Files.write(truncated, Arrays.copyOf(whole, whole.length / 2));
        assertOneSentence(CommandOutput.by("classify", truncated, "--model", model), "truncated.npy");

        Path object = folder.resolve("object.npy");
        String header = "{'descr': '|O', 'fortran_order': False, 'shape': (3,), }\n";
        Files.write(
                object,
                ("\u0093NUMPY\1\0" + (char) header.length() + '\0' + header).getBytes(StandardCharsets.ISO_8859_1));
        assertOneSentence(CommandOutput.by("classify", object, "--model", model), "object.npy", "float");

        assertOneSentence(
                CommandOutput.by("classify", folder.resolve("none.npy"), "--model", model), "none.npy", "no such");
    }

    @Test
    void refusesModelsWithoutAContractOrWithARecipeItLacks() {
        Path bare = TinyModel.standard().withoutMetadata().write(folder.resolve("bare.onnx"));
        assertOneSentence(CommandOutput.by("inspect", bare), "bare.onnx", "it was not written by Stampede");

        Path foreign =
                TinyModel.standard().withEntry("stampede.recipe", "histogram").write(folder.resolve("foreign.onnx"));
        assertOneSentence(
                CommandOutput.by("classify", stamps, "--model", foreign), "histogram", Recipe.ASINH_SNR.recipeName());
    }

    @Test
    void showsTheContractOfAModel() throws IOException {
        assertThat(CommandOutput.by("inspect", model).out()).contains("recipe", "asinh-snr", "threshold", "planes");

        JsonNode contract = new ObjectMapper()
                .readTree(CommandOutput.by("inspect", model, "--json").out());
        assertThat(contract.get("recipe").asText()).isEqualTo("asinh-snr");
        assertThat(contract.get("planes").get(0).asText()).isEqualTo("median");
        assertThat(contract.get("verified").asBoolean()).isTrue();
        assertThat(contract.get("layout").asText()).isEqualTo("nchw");
        assertThat(contract.get("padding").asText()).isEqualTo("none");
        assertThat(contract.get("classes").get(1).asText()).isEqualTo("real");
        assertThat(contract.get("verifiedBy").asText()).contains("point sources");
    }

    @Test
    void simulatesWhatClassifyReads() {
        Path out = folder.resolve("simulated");
        Path sheet = folder.resolve("sheet.png");
        assertThat(CommandOutput.by("simulate", "--count", 40, "--seed", 1, "--out", out, "--sheet", sheet)
                        .exitCode())
                .isZero();
        assertThat(sheet).isNotEmptyFile();
        CommandOutput output =
                CommandOutput.by("classify", out.resolve("stamps_noise.npy"), "--model", model, "--json");
        assertThat(output.exitCode()).isZero();
        assertThat(output.out()).doesNotContain("NaN");
    }

    @Test
    void refusesSimulationsThatCannotBeMade() throws IOException {
        assertOneSentence(CommandOutput.by("simulate", "--count", 0, "--out", folder.resolve("x")), "--count");
        assertOneSentence(
                CommandOutput.by("simulate", "--count", 1, "--out", folder.resolve("x"), "--signal-to-noise", "9,3"),
                "9.0",
                "3.0");
        Files.createFile(folder.resolve("file"));
        CommandOutput output = CommandOutput.by("simulate", "--count", 1, "--out", folder.resolve("file"));
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("Cannot write").doesNotContain("\tat ");
    }
}
