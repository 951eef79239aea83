package dev.stampede.streaming.command.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.command.CommandOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
                        header -> assertThat(header)
                                .startsWith(
                                        "file,index,survey,alertId,objectId,band,signalToNoise,magnitude,verdict,abstentionReason,abstentionDetail,probability,"),
                        bright -> assertThat(bright)
                                .startsWith(stamps + ",0,,,,,,,REAL,,,")
                                .endsWith(",,,NONE,21,21,1.0,false,,,,,,,,"),
                        faint -> assertThat(faint).startsWith(stamps + ",1,,,,,,,BOGUS,,,"),
                        blank -> assertThat(blank)
                                .isEqualTo(stamps + ",2,,,,,,,ABSTAIN,BLANK,,,,,NOT_JUDGED,21,21,1.0,false,,,,,,,,"));
    }

    @Test
    void answersInJsonALineAStamp() throws IOException {
        List<String> lines = CommandOutput.by("classify", stamps, "--model", model, "--json")
                .out()
                .lines()
                .toList();

        JsonNode bright = new ObjectMapper().readTree(lines.get(0));
        assertThat(bright.get("verdict").asText()).isEqualTo("REAL");
        assertThat(bright.get("abstentionReason").isNull()).isTrue();
        assertThat(bright.get("probability").asDouble()).isBetween(0.5, 1.0);
        JsonNode blank = new ObjectMapper().readTree(lines.get(2));
        assertThat(blank.get("abstentionReason").asText()).isEqualTo("BLANK");
        assertThat(blank.get("probability").isNull()).isTrue();
    }

    @Test
    void saysOnceThatLargerStampsAreCropped() {
        Path larger = folder.resolve("larger.npy");
        try (NpyWriter writer = NpyWriter.create(larger, 31, 31)) {
            writer.write(TinyModel.standard().stamp(40, 1).centrePad(31, 31));
            writer.write(TinyModel.standard().stamp(0, 2).centrePad(31, 31));
        }
        CommandOutput cropped = CommandOutput.by("classify", larger, "--model", model);
        assertThat(cropped.err())
                .isEqualToIgnoringNewLines("Cropped 2 stamps to the central 21x21 pixels, which the model takes; first"
                        + " 31x31 in " + larger + ".");
        CommandOutput whole = CommandOutput.by("classify", stamps, "--model", model);
        assertThat(whole.err()).isEmpty();
        assertThat(whole.out()).startsWith(cropped.out());
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
    void printsAllDigitsOfAProbabilityForPrograms() throws IOException {
        String json =
                CommandOutput.by("classify", stamps, "--model", model, "--json").out();
        float probability = new ObjectMapper().readTree(json).get("probability").floatValue();
        String digits = Float.toString(probability);
        assertThat(json).contains("\"probability\":" + digits + ",");
        assertThat(CommandOutput.by("classify", stamps, "--model", model, "--csv")
                        .out())
                .contains(",REAL,,," + digits + ",");
        assertThat(CommandOutput.by("classify", stamps, "--model", model).out())
                .contains(String.format(Locale.ROOT, "  %.6f", probability));
    }

    @Test
    void classifiesSeveralArraysAndFoldersOfThem() throws IOException {
        Path night = Files.createDirectories(folder.resolve("night/a"));
        Files.copy(stamps, night.resolve("2.npy"));
        Files.copy(stamps, night.resolve("1.npy"));
        Files.writeString(night.resolve("broken.npy"), "no array");
        Files.writeString(night.resolve("notes.txt"), "no array");
        CommandOutput output = CommandOutput.by("classify", stamps, folder.resolve("night"), "--model", model, "--csv");
        assertThat(output.exitCode()).isZero();
        assertThat(output.out().lines().skip(1).map(line -> line.split(",", 3)))
                .extracting(cells -> cells[0] + " " + cells[1])
                .containsExactly(
                        stamps + " 0",
                        stamps + " 1",
                        stamps + " 2",
                        night.resolve("1.npy") + " 0",
                        night.resolve("1.npy") + " 1",
                        night.resolve("1.npy") + " 2",
                        night.resolve("2.npy") + " 0",
                        night.resolve("2.npy") + " 1",
                        night.resolve("2.npy") + " 2",
                        night.resolve("broken.npy") + " 0");
        assertThat(output.err()).contains("1 of 10 candidates cannot be read", "UNREADABLE_FILE (1), first " + night);
    }

    @Test
    void refusesInputsWithoutStampsInOneSentence() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        String none = "There is no array, results table or packet (.npy, .npz, .parquet, .parq, .ecsv, .hdf5, .h5,"
                + " .avro, .avro.gz, .tar, .tar.gz, .tgz)";
        for (String command : List.of("classify", "explain", "produce")) {
            CommandOutput output = CommandOutput.by(command, empty);
            assertThat(output.exitCode()).as(command).isEqualTo(1);
            assertThat(output.out()).isEmpty();
            assertThat(output.err().strip()).isEqualTo(none + " in [" + empty + "].");
            assertThat(CommandOutput.by(command, "").err().strip()).isEqualTo(none + " in [].");
        }
    }

    @Test
    void refusesAnAmbiguousArrayWithTheOptionThatDecides() {
        Path keras = folder.resolve("keras.npy");
        try (NpyWriter writer = NpyWriter.create(keras, 21, 20, 1)) {
            writer.write(new float[420], 0, 1);
        }
        for (String command : List.of("classify", "explain", "produce")) {
            CommandOutput output = CommandOutput.by(command, keras);
            assertThat(output.exitCode()).as(command).isEqualTo(1);
            assertThat(output.out()).isEmpty();
            assertThat(output.err()).contains("--axes n,y,x,c").doesNotContain("\tat ");
        }
    }

    @Test
    void takesAModelForNoPacket() {
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
    void alignsTheMetricsOfAModelAndNamesThemInWords() {
        String text = CommandOutput.by("inspect", "vgg6").out();
        assertThat(text).contains("missed source rate at threshold").doesNotContain("_at_");
        int column = text.indexOf("the shipped model");
        assertThat(text.lines().filter(line -> line.length() > column))
                .hasSizeGreaterThan(10)
                .allMatch(line -> line.charAt(column - 1) == ' ' && line.charAt(column) != ' ');
    }

    @Test
    void namesTheShippedModels() {
        assertThat(CommandOutput.by("classify", stamps, "--model", "vgg7").err())
                .contains("vgg7 does not exist; name a model file or a shipped model (" + ModelFile.NAMES + ")");
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
    @Timeout(30)
    void classifiesAPipe() throws Exception {
        Path out = folder.resolve("piped");
        CommandOutput.by("simulate", "--count", 10, "--out", out);
        Path file = out.resolve("stamps_noise.npy");
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process cat = new ProcessBuilder("sh", "-c", "cat '" + file + "' > '" + pipe + "'").start();
        CommandOutput output = CommandOutput.by("classify", pipe, "--model", model, "--csv");
        assertThat(cat.waitFor()).isZero();
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out().replace(pipe.toString(), file.toString()))
                .isEqualTo(CommandOutput.by("classify", file, "--model", model, "--csv")
                        .out());
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
    void simulatesASearchWithItsFields() {
        Path out = folder.resolve("searched");
        Path sheet = folder.resolve("searched.png");
        CommandOutput written = searched(out, "--search", "--sheet", sheet);
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(written.out()).matches("(?s)Wrote 30 candidates to .*: \\d+ real, \\d+ partial, \\d+ false\\.\\s");
        assertThat(sheet).isNotEmptyFile();
        Path stamps = out.resolve("stamps_noise.npy");
        CommandOutput output = CommandOutput.by(
                "classify", stamps, "--table", out.resolve("stamps_noise.csv"), "--model", model, "--csv");
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).contains("searched-1-false-0");
        CommandOutput withoutSearch = searched(out);
        assertThat(withoutSearch.exitCode()).isEqualTo(2);
        assertThat(withoutSearch.err()).contains("Missing required argument(s): --search");
        assertOneSentence(searched(out, "--search", "--real-share", 0.2), "--real-share");
    }

    private static CommandOutput searched(Path out, Object... options) {
        List<Object> all = new ArrayList<>(List.of("simulate", "--count", 30, "--out", out, "--image-size", 96));
        all.addAll(List.of("--exposures", "10,12", "--hours", "1.5,2", "--movers", 12));
        all.addAll(List.of(options));
        return CommandOutput.by(all.toArray());
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
