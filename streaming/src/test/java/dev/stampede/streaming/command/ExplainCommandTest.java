package dev.stampede.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.terminal.CommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final TinyModel MODEL = TinyModel.standard();

    @TempDir
    private Path folder;

    private Path input;
    private Path model;

    /** What a command wrote and how it ended. */
    private record Outcome(int exitCode, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    @BeforeEach
    void writeModelAndStamps() {
        model = MODEL.write(folder.resolve("model.onnx"));
        input = folder.resolve("stamps.npy");
        try (NpyWriter writer = NpyWriter.create(input, 21, 21)) {
            writer.write(MODEL.stamp(12, 1));
            writer.write(Stamp.of(1, 21, 21, new float[441]));
            writer.write(MODEL.stamp(0, 2));
        }
    }

    private Outcome run(Object command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(input.toString(), "--model", model.toString()));
        arguments.addAll(List.of(options));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream oldOut = System.out;
        PrintStream oldErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exitCode = CommandRunner.run(command, arguments.toArray(String[]::new));
            return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(oldOut);
            System.setErr(oldErr);
        }
    }

    @Test
    void writesALineAStampAPictureAndTheMaps() throws IOException {
        Path png = folder.resolve("maps.png");
        Path npy = folder.resolve("maps.npy");
        Outcome outcome = run(new ExplainCommand(), "--png", png.toString(), "--npy", npy.toString());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.lines()).hasSize(4);
        assertThat(outcome.lines().get(0)).contains("verdict", "aperture share");
        assertThat(outcome.lines().get(1)).startsWith("    0  REAL");
        assertThat(outcome.lines().get(2)).isEqualTo("    1  ABSTAIN  BLANK");
        assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(600);
        try (StampFile maps = StampFile.open(npy)) {
            assertThat(maps.size()).isEqualTo(3);
            assertThat(maps.stamp(0).pixel(0, 10, 10))
                    .isGreaterThan(maps.stamp(0).pixel(0, 0, 0));
            assertThat(maps.stamp(1).pixel(0, 3, 3)).isNaN();
        }
    }

    @Test
    void explainsTheChosenStampsInTheOrderAsked() {
        assertThat(run(new ExplainCommand(), "--index", "2,0").lines())
                .extracting(line -> line.substring(0, 5).strip())
                .containsExactly("index", "2", "0");
    }

    @Test
    void writesAnObjectALine() throws IOException {
        Outcome outcome =
                run(new ExplainCommand(), "--json", "--patch", "7", "--stride", "2", "--fill", "noise", "--refined");
        JsonNode real = new ObjectMapper().readTree(outcome.lines().get(0));
        assertThat(real.get("verdict").asText()).isEqualTo("REAL");
        assertThat(real.get("positions")).hasSize(8);
        assertThat(real.get("map")).hasSize(21);
        assertThat(real.get("map").get(10)).hasSize(21);
        JsonNode blank = new ObjectMapper().readTree(outcome.lines().get(1));
        assertThat(blank.get("reason").asText()).isEqualTo("BLANK");
        assertThat(blank.get("probability").isNull()).isTrue();
        assertThat(blank.has("map")).isFalse();
    }

    @Test
    void saysWhatIsWrongWithTheOptions() {
        assertUsage("stride must be 1 to the patch of 5", "--stride", "0");
        assertUsage("a patch of 22 pixels does not fit", "--patch", "22");
        assertUsage("--index 3 is not in", "--index", "3");
        assertUsage("the notebook's map has", "--notebook", "--stride", "2");
        assertUsage("--fill", "--fill", "red");
    }

    private void assertUsage(String sentence, String... options) {
        Outcome outcome = run(new ExplainCommand(), options);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(sentence).doesNotContain("\tat ");
    }

    @Test
    void failsWhereThePictureCannotBeWritten() {
        Outcome outcome = run(
                new ExplainCommand(), "--png", model.resolve("below-a-file.png").toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("Cannot write the picture").doesNotContain("\tat ");
    }

    @Test
    void classifiesOverEightViewsWithTheirSpread() throws IOException {
        Outcome text = run(new ClassifyCommand(), "--views", "8");
        assertThat(text.exitCode()).isZero();
        assertThat(text.lines().get(0)).endsWith("probability    spread");
        assertThat(text.lines().get(2)).isEqualTo("    1  ABSTAIN  BLANK");
        assertThat(run(new ClassifyCommand(), "--views", "8", "--csv").lines().get(0))
                .isEqualTo("index,verdict,reason,probability,spread");
        List<String> json = run(new ClassifyCommand(), "--views", "8", "--json").lines();
        JsonNode real = new ObjectMapper().readTree(json.get(0));
        assertThat(real.get("spread").asDouble()).isCloseTo(0, within(0.5));
        assertThat(new ObjectMapper().readTree(json.get(1)).get("spread").isNull())
                .isTrue();
    }

    @Test
    void classifiesAsEverWithoutViews() {
        assertThat(run(new ClassifyCommand(), "--csv").lines().get(0)).isEqualTo("index,verdict,reason,probability");
        assertThat(run(new ClassifyCommand(), "--views", "3").err()).contains("--views must be 1 or 8, not 3.");
    }
}
