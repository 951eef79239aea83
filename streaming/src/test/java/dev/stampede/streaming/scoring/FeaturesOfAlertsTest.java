package dev.stampede.streaming.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.contract.ScaledFeature;
import dev.stampede.stamps.contract.ScaledFeature.Transform;
import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.npy.StampReading;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.table.CsvTable;
import dev.stampede.streaming.command.CommandOutput;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.offline.AlertSource;
import dev.stampede.streaming.offline.AlertTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The features of the same candidates, from a table next to an array and from the alerts that are made of both. */
class FeaturesOfAlertsTest {
    private static final int COUNT = 4;

    /** The last row knows nothing. */
    private static final String TABLE = """
            id,likelihood,obs_count,vx,vy,flux,flux_error
            a,20,12,90,-120,80,4
            b,,40,30,40,,
            c,7.5,,,,-3,0.5
            d,,,,,,
            """;

    @TempDir
    private Path folder;

    private final TinyModel tiny = TinyModel.standard()
            .withFeatures(
                    new ScaledFeature(CandidateFeature.LIKELIHOOD, Transform.LOG10, 1, 0.25),
                    new ScaledFeature(CandidateFeature.OBS_COUNT, Transform.LINEAR, 20, 10),
                    new ScaledFeature(CandidateFeature.SPEED, Transform.LINEAR, 100, 50),
                    new ScaledFeature(CandidateFeature.SIGNAL_TO_NOISE, Transform.LINEAR, 10, 20));

    private Path model;
    private Path stamps;
    private Path table;

    @BeforeEach
    void write() throws IOException {
        model = tiny.write(folder.resolve("tiny.onnx"));
        stamps = folder.resolve("stamps.npy");
        table = Files.writeString(folder.resolve("stamps.csv"), TABLE);
        float[] pixels = new float[21 * 21];
        try (NpyWriter writer = NpyWriter.create(stamps, 21, 21)) {
            for (int i = 0; i < COUNT; i++) {
                tiny.stamp(5, 3).copyTo(pixels, 0);
                writer.write(pixels, 0, 1);
            }
        }
    }

    private List<Float> classified(String... options) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of("classify", stamps, "--model", model, "--json"));
        arguments.addAll(List.of(options));
        CommandOutput output = CommandOutput.by(arguments.toArray());
        assertThat(output.exitCode()).as(output.err()).isZero();
        List<Float> probabilities = new ArrayList<>();
        for (String line : output.out().lines().toList()) {
            JsonNode json = new ObjectMapper().readTree(line);
            probabilities.add(json.get("probability").floatValue());
        }
        return probabilities;
    }

    /** By hand: log10(20) is 1.30103, so 1.20412 - 0.8 + 1 + 0.5 = 1.90412; 2 - 1 = 1; log10(7.5) is 0.87506, so -0.49976 - 0.8. */
    @Test
    void addWhatATableStates() throws IOException {
        List<Float> with = classified("--table", table.toString());
        List<Float> without = classified();
        double[] added = {1.90412, 1, -1.29976, 0};
        for (int i = 0; i < COUNT; i++) {
            assertThat(logit(with.get(i)) - logit(without.get(i)))
                    .as("candidate %d", i)
                    .isCloseTo(added[i], offset(1e-4));
        }
    }

    private static double logit(float probability) {
        return Math.log(probability / (1 - probability));
    }

    @Test
    void areTheSameInTheStream() throws IOException {
        List<byte[]> values;
        try (AlertSource alerts = AlertSource.stamps(stamps, StampReading.DEFAULT, AlertTable.open(table, Map.of()))) {
            values =
                    LongStream.range(0, alerts.count()).mapToObj(alerts.value()).toList();
        }
        try (VerifiedModel verified = VerifiedModel.open(ModelFile.read(model))) {
            AlertScorerFactory scoring =
                    new AlertScorerFactory(verified, 1 << 20, new StreamMetrics(), Clock.systemUTC());
            try (PollScorer scorer = scoring.newScorer()) {
                assertThat(scorer.score(values))
                        .extracting(outcome -> ((Scored) ((Outcome.Classified) outcome).prediction()).probability())
                        .isEqualTo(classified("--table", table.toString()));
            }
        }
    }

    @Test
    void areTheSameInAnAnnotatedTable() throws IOException {
        Path out = folder.resolve("classified.csv");
        CommandOutput output = CommandOutput.by("classify", stamps, "--model", model, "--table", table, "--out", out);
        assertThat(output.exitCode()).as(output.err()).isZero();
        assertThat(CsvTable.read(out).rows())
                .extracting(row -> (float) row.number("stampede_probability"))
                .isEqualTo(classified("--table", table.toString()));
    }

    @Test
    void areReadFromTheColumnsThatStampedeWrites() throws IOException {
        Path own = Files.writeString(folder.resolve("own.csv"), """
                likelihood,obs_count,speed,flux_signal_to_noise
                20,12,150,20
                ,40,50,
                7.5,,,-6
                ,,,
                """);
        assertThat(classified("--table", own.toString())).isEqualTo(classified("--table", table.toString()));
        CommandOutput output = CommandOutput.by("classify", stamps, "--model", model, "--table", own);
        assertThat(output.err()).doesNotContain("ignored");
    }

    @Test
    void areListedByInspect() {
        assertThat(CommandOutput.by("inspect", model).out())
                .contains("features", "[likelihood:log10:1.0:0.25,obsCount:linear:20.0:10.0");
    }
}
