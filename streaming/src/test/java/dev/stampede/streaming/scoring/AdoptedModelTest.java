package dev.stampede.streaming.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.ForeignNetwork;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.streaming.command.CommandOutput;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.packet.StampAlertWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of other projects in the stream. */
@Tag("slow")
class AdoptedModelTest {
    @TempDir
    private Path folder;

    @Test
    void servesAndSwapsANetworkLikeThatOfKbmod() {
        assertServesAndSwaps(ForeignNetwork.likeKbmod(), List.of(Plane.MEAN), "bogus,real", "real");
    }

    @Test
    void servesAndSwapsThreeClassesOfTriplets() {
        assertServesAndSwaps(
                ForeignNetwork.ofThreeClasses(),
                List.of(Plane.SCIENCE, Plane.TEMPLATE, Plane.DIFFERENCE),
                "star,asteroid,artefact",
                "asteroid");
    }

    private void assertServesAndSwaps(ForeignNetwork foreign, List<Plane> planes, String classes, String real) {
        Stamp stamp = foreign.stamp(5, 3);
        List<byte[]> alerts = List.of(StampAlertWriter.write("a", "DEEP", planes, stamp));
        try (VerifiedModel first = adopt(foreign, "1", planes, classes, real);
                VerifiedModel second = adopt(foreign, "2", planes, classes, real)) {
            AlertScorerFactory scoring = new AlertScorerFactory(first, 1 << 20, new StreamMetrics(), Clock.systemUTC());
            assertThat(scoring.mismatch(second.identity())).isEmpty();
            try (PollScorer scorer = scoring.newScorer()) {
                for (VerifiedModel model : List.of(first, second)) {
                    scoring.models().swapTo(model);
                    Outcome.Classified outcome =
                            (Outcome.Classified) scorer.score(alerts).get(0);
                    assertThat(outcome.model()).isEqualTo(model.identity());
                    assertThat((double) ((Scored) outcome.prediction()).probability())
                            .isEqualTo(foreign.score(stamp), within(1e-5));
                }
            }
        }
    }

    private VerifiedModel adopt(
            ForeignNetwork foreign, String version, List<Plane> planes, String classes, String real) {
        Path network = foreign.write(folder.resolve("network.onnx"));
        Path stamps = folder.resolve("stamps.npy");
        Path scores = folder.resolve("scores.npy");
        foreign.writeGolden(stamps, scores);
        Path out = folder.resolve("model-" + version + ".onnx");
        CommandOutput output = CommandOutput.by(
                "adopt",
                network,
                "--name",
                "foreign",
                "--model-version",
                version,
                "--planes",
                Plane.names(planes),
                "--recipe",
                "z-score-image",
                "--classes",
                classes,
                "--real",
                real,
                "--golden",
                stamps,
                "--expect",
                scores,
                "--out",
                out);
        assertThat(output.exitCode()).as(output.err()).isZero();
        return VerifiedModel.open(ModelFile.read(out));
    }
}
