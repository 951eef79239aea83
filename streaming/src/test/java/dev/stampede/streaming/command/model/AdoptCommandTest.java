package dev.stampede.streaming.command.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.RealData;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.score.ForeignNetwork;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.command.CommandOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class AdoptCommandTest {
    private static final double TOLERANCE = 1e-5;

    @TempDir
    private Path folder;

    private Path network;
    private Path stamps;
    private Path scores;
    private Path out;

    @BeforeEach
    void nameFiles() {
        network = folder.resolve("network.onnx");
        stamps = folder.resolve("stamps.npy");
        scores = folder.resolve("scores.npy");
        out = folder.resolve("out.onnx");
    }

    private CommandOutput adopt(Object... more) {
        List<Object> all =
                new ArrayList<>(List.of("adopt", network, "--name", "foreign", "--model-version", "1", "--out", out));
        all.addAll(List.of(more));
        return CommandOutput.by(all.toArray());
    }

    private CommandOutput adoptArrays(String planes, Object... more) {
        List<Object> all = new ArrayList<>(List.of("--planes", planes, "--golden", stamps, "--expect", scores));
        all.addAll(List.of(more));
        return adopt(all.toArray());
    }

    private void given(ForeignNetwork foreign) {
        foreign.write(network);
        foreign.writeGolden(stamps, scores);
    }

    @Test
    void reproducesTheScoresThatASurveyPublished() throws IOException {
        network = RealData.folder("models").resolve("braai_d6_m7.onnx");
        Path packets = RealData.folder("drb");
        Object[] given = {
            "--planes",
            "science,template,difference",
            "--pad",
            "corner:1e-9",
            "--masked",
            "zero",
            "--threshold",
            "0.65",
            "--classes",
            "bogus,real",
            "--golden",
            packets,
            "--expect",
            "candidate.drb",
            "--tolerance",
            "1e-5",
            "--recipe"
        };

        CommandOutput refused = adopt(with(given, "l2-image"));
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("The largest difference", "nothing was written");
        assertThat(out).doesNotExist();

        CommandOutput adopted = adopt(with(given, "l2-row"));
        assertThat(adopted.exitCode()).as(adopted.err()).isZero();
        CommandOutput classified = CommandOutput.by("classify", packets, "--model", out, "--json");
        assertThat(classified.out().lines()).hasSize(24).allSatisfy(line -> {
            JsonNode row = new ObjectMapper().readTree(line);
            assertThat(row.get("probability").asDouble())
                    .isEqualTo(row.get("surveyScore").asDouble(), within(TOLERANCE));
        });
    }

    private static Object[] with(Object[] given, Object last) {
        List<Object> all = new ArrayList<>(List.of(given));
        all.add(last);
        return all.toArray();
    }

    @Test
    void servesANetworkLikeThatOfKbmod() {
        ForeignNetwork foreign = ForeignNetwork.likeKbmod();
        given(foreign);
        CommandOutput adopted = adoptArrays("mean", "--recipe", "z-score-image");
        assertThat(adopted.exitCode()).as(adopted.err()).isZero();
        assertThat(adopted.out()).contains("synthetic point sources");
        assertServes(foreign, TOLERANCE);
    }

    @Test
    void servesNumbersOf16Bits() {
        ForeignNetwork foreign = ForeignNetwork.ofThreeClasses().withHalfPrecision();
        given(foreign);
        CommandOutput adopted = adoptArrays(
                "science,template,difference",
                "--recipe",
                "z-score-image",
                "--classes",
                "star,asteroid,artefact",
                "--real",
                "asteroid",
                "--tolerance",
                "0.01");
        assertThat(adopted.exitCode()).as(adopted.err()).isZero();
        assertServes(foreign, 0.01);
    }

    @Test
    void servesThreeClassesOfChannelsLastTriplets() {
        ForeignNetwork foreign = ForeignNetwork.ofThreeClasses();
        given(foreign);
        CommandOutput adopted = adoptArrays(
                "science,template,difference",
                "--search-recipe",
                "--classes",
                "star,asteroid,artefact",
                "--real",
                "asteroid");
        assertThat(adopted.exitCode()).as(adopted.err()).isZero();
        assertServes(foreign, TOLERANCE);
    }

    private CommandOutput search(Object... more) {
        List<Object> all = new ArrayList<>(List.of("--search-recipe", "--classes", "star,asteroid,artefact"));
        all.addAll(List.of("--real", "asteroid", "--force"));
        all.addAll(List.of(more));
        return adoptArrays("science,template,difference", all.toArray());
    }

    @Test
    void saysWhichRulesTheStampsDoNotDetermine() {
        given(ForeignNetwork.ofThreeClasses());
        CommandOutput open = search();
        assertThat(open.out()).contains("The rules for masked pixels and padding are not determined by these stamps");
        assertThat(open.out().lines().filter(line -> line.contains(":after") || line.contains(":before")))
                .as("rows in the columns of the header")
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.substring(column(open.out(), "masked")))
                        .matches("(0|median):(before|after) +(corner|centred):(0|1e-9):(before|after) +[0-9].*"));
        assertThat(search("--pad", "none").out()).contains("The rule for masked pixels is not determined");
        assertThat(search("--pad", "none", "--masked", "median").out()).doesNotContain("not determined");
    }

    private static int column(String table, String name) {
        return table.lines().findFirst().orElseThrow().indexOf(name);
    }

    @Test
    void saysThatNoRecipeAgrees() {
        given(ForeignNetwork.ofThreeClasses());
        try (NpyWriter others = NpyWriter.create(scores, 1)) {
            others.write(new float[] {1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0}, 0, 12);
        }
        CommandOutput refused = search();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("No recipe agrees: check the order and the kind of the scores")
                .doesNotContain("--search-recipe");
        assertThat(refused.out()).doesNotContain("not determined");
    }

    @Test
    void printsTheDefaultThreshold() {
        given(ForeignNetwork.ofThreeClasses());
        assertThat(search().out()).contains("Threshold 0.5 (the default; the network has none): set --threshold.");
        assertThat(search("--threshold", "0.5").out()).doesNotContain("Threshold");
    }

    /** A patch over the source hides it in all planes; the map shows that at its place. */
    private void assertServes(ForeignNetwork foreign, double tolerance) {
        Stamp source = foreign.stamp(9, 100);
        try (StampModel model = StampModel.open(ModelFile.read(out));
                StampPredictor predictor = model.newPredictor(4);
                Explainer explainer =
                        Explainer.of(model, OcclusionSettings.standard().withPatch(5, 5), Explainer.CPU_BATCH)) {
            assertThat(predictor.predict(List.of(source)).get(0))
                    .isInstanceOfSatisfying(
                            Scored.class,
                            scored -> assertThat((double) scored.probability())
                                    .isEqualTo(foreign.score(source), within(tolerance)));
            Explanation explanation = explainer.explain(List.of(source)).get(0);
            int centre = source.height() / 2;
            float atSource = explanation.map().orElseThrow().pixels().at(centre, centre);
            assertThat(atSource).isGreaterThan(0.3f);
            assertThat(explanation.map().orElseThrow().pixels().at(0, 0)).isLessThan(0.1f);
        }
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            batch    | --recipe none                      | batch dimension
            dynamic  | --recipe none                      | --size
            features | --recipe none                      | second input metadata [N, 25]: name the features
            good     | --recipe none --features speed     | the only input of the graph is images
            opset    | --recipe none                      | ONNX Runtime
            good     | --recipe none --planes median,mean | does not fit the 2 planes
            good     | --recipe none --threshold 1.5      | threshold
            good     | --recipe histogram                 | the recipes are
            good     | --recipe none --pad left:0         | PLACE:VALUE
            good     | --recipe none --classes a,b,real   | 2 numbers
            good     |                                    | --search-recipe
            """)
    void saysInOneSentenceWhatIsWrong(String kind, String options, String message) {
        ForeignNetwork foreign = ForeignNetwork.likeKbmod();
        given(
                switch (kind) {
                    case "batch" -> foreign.withoutBatch();
                    case "dynamic" -> foreign.withSize(0);
                    case "features" -> ForeignNetwork.withFeatures(new float[25]);
                    case "opset" -> foreign.withOperatorSet(99);
                    default -> foreign;
                });
        List<Object> all = new ArrayList<>(List.of("--golden", stamps, "--expect", scores));
        if (options == null || !options.contains("--planes")) {
            all.addAll(List.of("--planes", "mean"));
        }
        all.addAll(options == null ? List.of() : List.of((Object[]) options.split(" ", -1)));
        CommandOutput output = adopt(all.toArray());
        assertThat(output.exitCode()).isIn(1, 2);
        assertThat(output.err()).contains(message);
        assertThat(output.err().lines().count()).isLessThanOrEqualTo(2);
        assertThat(out).doesNotExist();
    }

    @Test
    void namesAnExpectedFieldThatNoPacketHas() {
        network = RealData.folder("models").resolve("braai_d6_m7.onnx");
        CommandOutput output = adopt(
                "--planes",
                "science,template,difference",
                "--recipe",
                "l2-row",
                "--golden",
                RealData.folder("drb"),
                "--expect",
                "candidate.no_such_score");
        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err()).contains("candidate.no_such_score").hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesWhatIsNoNetworkAndGoldenPacketsWithoutAScore() throws IOException {
        Files.writeString(network, "a text");
        assertThat(adoptArrays("mean", "--recipe", "none").err()).contains("is not an ONNX file");
        given(ForeignNetwork.likeKbmod());
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Files.write(empty.resolve("a.avro"), new byte[] {1, 2, 3});
        CommandOutput output =
                adopt("--planes", "mean", "--recipe", "none", "--golden", empty, "--expect", "candidate.drb");
        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(output.err()).contains("None of the 1 golden packets can be decoded");
        try (NpyWriter short1 = NpyWriter.create(scores, 1)) {
            short1.write(new float[] {0.5f}, 0, 1);
        }
        assertThat(adoptArrays("mean", "--recipe", "none").err()).contains("one for each of the 12 stamps");
    }
}
