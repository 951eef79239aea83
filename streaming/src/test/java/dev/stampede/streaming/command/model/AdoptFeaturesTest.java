package dev.stampede.streaming.command.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.ForeignNetwork;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.command.CommandOutput;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.offline.AlertSource;
import dev.stampede.streaming.offline.AlertTable;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.VerifiedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network of another project that takes a vector of features next to the stamps. */
@Tag("slow")
class AdoptFeaturesTest {
    private static final String FEATURES = "likelihood:log10:1.2:0.3,signalToNoise";
    private static final double TOLERANCE = 1e-5;
    private static final int COUNT = 6;

    private final ForeignNetwork foreign = ForeignNetwork.withFeatures(1, -0.125f);
    private final double[] scores = new double[COUNT];

    @TempDir
    private Path folder;

    private Path network;
    private Path stamps;
    private Path table;
    private Path expected;
    private Path out;

    /** The scores follow from the contract by hand: log10 of the likelihood, minus 1.2, over 0.3; the S/N as it is. */
    @BeforeEach
    void write() throws IOException {
        network = foreign.write(folder.resolve("network.onnx"));
        stamps = folder.resolve("stamps.npy");
        expected = folder.resolve("scores.npy");
        out = folder.resolve("out.onnx");
        StringBuilder rows = new StringBuilder("id,likelihood,flux,flux_error\n");
        try (NpyWriter images = NpyWriter.create(stamps, 1, 21, 21);
                NpyWriter published = NpyWriter.create(expected, 1)) {
            for (int i = 0; i < COUNT; i++) {
                Stamp stamp = stamp(i);
                double likelihood = 4 + 3 * i;
                double signalToNoise = 2.0 * i;
                rows.append(i)
                        .append(',')
                        .append(likelihood)
                        .append(',')
                        .append(signalToNoise * 5)
                        .append(",5\n");
                scores[i] = foreign.score(stamp, (Math.log10(likelihood) - 1.2) / 0.3, signalToNoise);
                images.write(stamp);
                published.write(new float[] {(float) scores[i]}, 0, 1);
            }
        }
        table = Files.writeString(folder.resolve("stamps.csv"), rows);
    }

    private Stamp stamp(int index) {
        return foreign.stamp(2 * index, index);
    }

    private CommandOutput adopt(String... more) {
        List<Object> all = new ArrayList<>(List.of("adopt", network, "--name", "foreign", "--model-version", "1"));
        all.addAll(List.of("--planes", "median", "--recipe", "z-score-image", "--out", out));
        all.addAll(List.of("--golden", stamps, "--expect", expected));
        all.addAll(List.of((Object[]) more));
        return CommandOutput.by(all.toArray());
    }

    private void adopted() {
        CommandOutput output = adopt("--features", FEATURES, "--table", table.toString());
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out())
                .contains(
                        "input metadata: values of likelihood:log10:1.2:0.3, signalToNoise:linear:0.0:1.0",
                        "6 golden stamps alone: synthetic point sources have no features");
    }

    private List<JsonNode> rows(String command, String... more) throws IOException {
        List<Object> all = new ArrayList<>(List.of(command, stamps, "--model", out, "--json"));
        all.addAll(List.of((Object[]) more));
        CommandOutput output = CommandOutput.by(all.toArray());
        assertThat(output.exitCode()).as(output.err()).isZero();
        List<JsonNode> rows = new ArrayList<>();
        for (String line : output.out().lines().toList()) {
            rows.add(new ObjectMapper().readTree(line));
        }
        return rows;
    }

    @Test
    void reproducesTheScoresInFilesAndInTheStream() throws IOException {
        adopted();
        List<JsonNode> rows = rows("classify", "--table", table.toString());
        List<Prediction> streamed = streamed(table);
        for (int i = 0; i < COUNT; i++) {
            assertThat(rows.get(i).get("probability").asDouble()).isEqualTo(scores[i], within(TOLERANCE));
            assertThat((double) ((Scored) streamed.get(i)).probability()).isEqualTo(scores[i], within(TOLERANCE));
        }
        assertThat(CommandOutput.by("inspect", out).out())
                .containsPattern("features +\\[likelihood:log10:1.2:0.3,signalToNoise:linear:0.0:1.0\\]")
                .containsPattern("featuresEncoding +values\n")
                .contains("verifiedBy");
    }

    private List<Prediction> streamed(Path fields) {
        List<byte[]> values;
        try (AlertSource alerts = AlertSource.stamps(stamps, StampReading.DEFAULT, AlertTable.open(fields, Map.of()))) {
            values =
                    LongStream.range(0, alerts.count()).mapToObj(alerts.value()).toList();
        }
        try (VerifiedModel verified = VerifiedModel.open(ModelFile.read(out));
                PollScorer scorer =
                        new AlertScorerFactory(verified, 1 << 20, new StreamMetrics(), Clock.systemUTC()).newScorer()) {
            return scorer.score(values).stream()
                    .map(outcome -> ((Outcome.Classified) outcome).prediction())
                    .toList();
        }
    }

    @Test
    void abstainsOnACandidateOfWhichAFeatureIsUnknown() throws IOException {
        adopted();
        Path gaps = Files.writeString(folder.resolve("gaps.csv"), """
                id,likelihood,flux,flux_error
                0,4,0,5
                1,7,,
                2,,20,5
                3,0,30,5
                4,,,
                5,19,50,5
                """);
        List<JsonNode> rows = rows("classify", "--table", gaps.toString());
        assertThat(rows)
                .extracting(row -> row.get("abstentionReason").asText("") + " "
                        + row.get("abstentionDetail").asText(""))
                .containsExactly(
                        " ",
                        "MISSING_FEATURE signalToNoise",
                        "MISSING_FEATURE likelihood",
                        "MISSING_FEATURE likelihood",
                        "MISSING_FEATURE likelihood, signalToNoise",
                        " ");
        assertThat(rows.get(5).get("probability").asDouble()).isEqualTo(scores[5], within(TOLERANCE));
        assertThat(streamed(gaps).get(1))
                .isInstanceOfSatisfying(
                        Abstained.class,
                        abstained -> assertThat(abstained.describe()).isEqualTo("MISSING_FEATURE, signalToNoise"));
        assertThat(rows("classify", "--views", "8"))
                .allSatisfy(row ->
                        assertThat(row.get("abstentionReason").asText()).isEqualTo(Abstention.MISSING_FEATURE.name()));
    }

    @Test
    void explainsWithTheFeaturesOfTheCandidate() throws IOException {
        adopted();
        List<JsonNode> rows = rows("explain", "--table", table.toString());
        for (int i = 0; i < COUNT; i++) {
            assertThat(rows.get(i).get("probability").asDouble()).isEqualTo(scores[i], within(TOLERANCE));
        }
        JsonNode drops = rows.get(COUNT - 1).get("occlusionMap").get("positions");
        int centre = drops.size() / 2;
        assertThat(drops.get(centre).get(centre).asDouble()).isGreaterThan(0.3);
        assertThat(drops.get(0).get(0).asDouble()).isLessThan(0.1);
        assertThat(rows("explain"))
                .allSatisfy(row ->
                        assertThat(row.path("occlusionMap").isMissingNode()).isTrue());
    }

    /** What Stampede's own networks take: values, then masks. By the weights, a missing S/N adds 0 and its mask 3. */
    @Test
    void takesMasksAfterTheValues() {
        ForeignNetwork masked = ForeignNetwork.withFeatures(1, -0.125f, 0, 3);
        masked.write(network);
        try (NpyWriter published = NpyWriter.create(expected, 1)) {
            for (int i = 0; i < COUNT; i++) {
                double score = masked.score(
                        stamp(i), (Math.log10(4 + 3 * i) - 1.2) / 0.3, i == 2 ? 0 : 2.0 * i, 1, i == 2 ? 0 : 1);
                published.write(new float[] {(float) score}, 0, 1);
            }
        }
        CommandOutput output =
                adopt("--features", FEATURES, "--table", withoutFlux(2).toString());
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(output.out()).contains("values and masks of likelihood");
    }

    private Path withoutFlux(int row) {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(table));
            lines.set(row + 1, lines.get(row + 1).replaceFirst(",[^,]*,[^,]*$", ",,"));
            return Files.write(folder.resolve("partial.csv"), lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void namesTheGoldenStampsWithoutTheirFeatures() {
        assertThat(adopt("--features", FEATURES).err())
                .contains("6 of the 6 golden stamps", "lacks likelihood, signalToNoise", "--table");
        assertThat(adopt("--features", FEATURES, "--table", withoutFlux(2).toString())
                        .err())
                .contains(
                        "1 of the 6 golden stamps", "stamps.npy [2], lacks signalToNoise. Name a table with flux and");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesAnotherScaleOrOrderThanTheScoresSay() {
        for (String other : List.of("likelihood,signalToNoise", "signalToNoise,likelihood:log10:1.2:0.3")) {
            CommandOutput output = adopt("--features", other, "--table", table.toString());
            assertThat(output.exitCode()).isEqualTo(1);
            assertThat(output.err()).contains("nothing was written", "order or scale of --features");
        }
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            --threshold=0.5                             | second input metadata [N, 2]: name the features
            --features=colour,speed                      | is no feature; the known ones are likelihood, obsCount, speed
            --features=likelihood,obsCount,speed         | takes 2 numbers, but --features names 3: likelihood, obsCount, speed
            --features=speed,speed                       | a feature is named twice
            --features=speed:ln:0:1,likelihood           | the known ones are linear, log10
            --features=speed:log10,likelihood            | FEATURE:TRANSFORM:OFFSET:SCALE
            """)
    void saysInOneSentenceWhatIsWrongWithTheFeatures(String option, String message) {
        CommandOutput output = adopt(option);
        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err()).contains(message);
        assertThat(output.err().lines().count()).isLessThanOrEqualTo(2);
        assertThat(out).doesNotExist();
    }
}
