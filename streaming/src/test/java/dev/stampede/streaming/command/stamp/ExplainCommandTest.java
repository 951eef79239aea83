package dev.stampede.streaming.command.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.npy.StampFile;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.command.CommandOutput;
import java.io.IOException;
import java.nio.file.Files;
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

    private CommandOutput run(String command, String... options) {
        List<Object> arguments = new ArrayList<>(List.of(command, input, "--model", model));
        arguments.addAll(List.of(options));
        return CommandOutput.by(arguments.toArray());
    }

    private static List<String> lines(CommandOutput output) {
        return output.out().lines().toList();
    }

    @Test
    void writesALineAStampAPictureAndTheMaps() throws IOException {
        Path png = folder.resolve("maps.png");
        Path npy = folder.resolve("maps.npy");
        CommandOutput outcome = run("explain", "--png", png.toString(), "--npy", npy.toString());
        assertThat(outcome.exitCode()).isZero();
        assertThat(lines(outcome)).hasSize(4);
        assertThat(lines(outcome).get(0)).contains("verdict", "apertureShare");
        assertThat(lines(outcome).get(1)).startsWith("    0  REAL");
        assertThat(lines(outcome).get(2)).isEqualTo("    1  ABSTAIN  BLANK");
        assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(600);
        try (StampFile maps = StampFile.open(npy)) {
            assertThat(maps.size()).isEqualTo(3);
            assertThat(maps.stamp(0).pixel(0, 10, 10))
                    .isGreaterThan(maps.stamp(0).pixel(0, 0, 0));
            assertThat(maps.stamp(1).pixel(0, 3, 3)).isNaN();
        }
    }

    @Test
    void showsTheApertureShareAfterTheVerdictAndItsProbability() throws IOException {
        Path copy = Files.copy(input, folder.resolve("copy.npy"));
        CommandOutput outcome = run("explain", copy.toString());
        assertThat(lines(outcome).get(0))
                .matches("verdict +abstentionReason +probability +apertureShare +surveyScore +crop .*");
        int end = lines(outcome).get(0).indexOf("apertureShare") + "apertureShare".length();
        assertThat(lines(outcome).get(1).substring(0, end)).matches("REAL +[01]\\.[0-9]{6} +[01]\\.[0-9]{6}");
        assertThat(lines(outcome).get(2)).startsWith("ABSTAIN      BLANK ");
    }

    @Test
    void explainsTheChosenStampsInTheOrderAsked() {
        assertThat(lines(run("explain", "--index", "2,0")))
                .extracting(line -> line.substring(0, 5).strip())
                .containsExactly("index", "2", "0");
    }

    @Test
    void writesAnObjectALine() throws IOException {
        CommandOutput outcome =
                run("explain", "--json", "--patch", "7", "--stride", "2", "--fill", "noise", "--refined");
        JsonNode real = new ObjectMapper().readTree(lines(outcome).get(0));
        assertThat(real.get("verdict").asText()).isEqualTo("REAL");
        JsonNode map = real.get("occlusionMap");
        assertThat(map.get("positions")).hasSize(8);
        assertThat(map.get("values")).hasSize(21);
        assertThat(map.get("values").get(10)).hasSize(21);
        assertThat(map.get("patchPixels").asInt()).isEqualTo(7);
        assertThat(map.get("fill").asText()).isEqualTo("noise");
        assertThat(map.get("search").asText()).isEqualTo("refined");
        assertThat(map.get("apertureShare").isNumber()).isTrue();
        JsonNode blank = new ObjectMapper().readTree(lines(outcome).get(1));
        assertThat(blank.get("abstentionReason").asText()).isEqualTo("BLANK");
        assertThat(blank.get("probability").isNull()).isTrue();
        assertThat(blank.has("occlusionMap")).isFalse();
    }

    @Test
    void saysWhatIsWrongWithTheOptions() {
        assertUsage("stride must be 1 to the patch of 5", "--stride", "0");
        assertUsage("a patch of 22 pixels does not fit", "--patch", "22");
        assertUsage("--index 3 is not in", "--index", "3");
        assertUsage("the notebook definition requires", "--notebook", "--stride", "2");
        assertUsage("--fill", "--fill", "red");
    }

    private void assertUsage(String sentence, String... options) {
        CommandOutput outcome = run("explain", options);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(sentence).doesNotContain("\tat ");
    }

    @Test
    void failsWhereThePictureCannotBeWritten() {
        CommandOutput outcome =
                run("explain", "--png", model.resolve("below-a-file.png").toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo("Cannot write " + model + "/below-a-file.png: there is no folder " + model + ".\n");
        assertThat(outcome.out()).as("before the maps are computed").isEmpty();
    }

    @Test
    void classifiesOverEightViewsWithTheirSpread() throws IOException {
        CommandOutput text = run("classify", "--views", "8");
        assertThat(text.exitCode()).isZero();
        assertThat(lines(text).get(0)).endsWith("probability  probabilitySpread");
        assertThat(lines(text).get(2)).isEqualTo("    1  ABSTAIN  BLANK");
        List<String> json = lines(run("classify", "--views", "8", "--json"));
        JsonNode real = new ObjectMapper().readTree(json.get(0));
        assertThat(real.get("probabilitySpread").asDouble()).isCloseTo(0, within(0.5));
        assertThat(new ObjectMapper()
                        .readTree(json.get(1))
                        .get("probabilitySpread")
                        .isNull())
                .isTrue();
    }

    @Test
    void classifiesAsEverWithoutViews() {
        assertThat(lines(run("classify")).get(0)).isEqualTo("index  verdict  abstentionReason        probability");
        assertThat(run("classify", "--views", "3").err()).contains("--views must be 1 or 8, not 3.");
    }
}
