package dev.stampede.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.contract.ScaledFeature;
import dev.stampede.stamps.contract.ScaledFeature.Transform;
import dev.stampede.stamps.file.Folders;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.training.dataset.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RetrainCommandTest {
    /** The fields of the manifest of a label export that training reads. */
    private static final String MANIFEST_FILE = """
            {"format": 1, "alerts": [{"topic": "alerts", "offsets": [{"partition": 0, "from": 7, "to": 999}]}],
             "labels": {"topic": "labels", "offsets": []}, "counts": {"stamps_real": 600}, "conflicts": []}""";

    @TempDir
    static Path shared = Path.of("");

    @TempDir
    Path folder = Path.of("");

    private static Path live = Path.of("");
    private static Path export = Path.of("");

    @BeforeAll
    static void trainTheLiveModel() throws IOException {
        live = shared.resolve("live.onnx");
        Path old = Blobs.write(Files.createDirectory(shared.resolve("old")), 600, 600, 1);
        CommandCall trained = CommandCall.of(
                "train", "--data", old.toString(), "--out", live.toString(), "--epochs", "3", "--batch-size", "64");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
        export = Blobs.write(Files.createDirectory(shared.resolve("archive")), 600, 600, 2);
        Files.writeString(export.resolve("export.json"), MANIFEST_FILE);
    }

    private CommandCall retrain(Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "retrain",
                "--out",
                out.toString(),
                "--report",
                folder.resolve("report").toString(),
                "--model-version",
                "2",
                "--batch-size",
                "64",
                "--max-latency-ratio",
                "Infinity"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--live")) {
            arguments.addAll(List.of("--live", live.toString()));
        }
        return CommandCall.of(arguments.toArray(String[]::new));
    }

    private JsonNode gate() throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve("report/metrics.json").toFile())
                .path("gate");
    }

    @Test
    void refusesLabelsOfKnownObjectsAlone() throws IOException {
        Path known = Blobs.write(Files.createDirectory(folder.resolve("known")), 2, 0, 3);
        Files.writeString(known.resolve("truth.csv"), """
                file,index,label_source
                stamps_sources.npy,0,KNOWN_OBJECT
                stamps_sources.npy,1,KNOWN_OBJECT
                """);
        CommandCall call = retrain(folder.resolve("next.onnx"), "--data", known.toString(), "--simulated", "10");
        assertThat(call.exitCode()).isEqualTo(1);
        assertThat(call.err()).contains("All 2 labels are of the source KNOWN_OBJECT");
        assertThat(folder.resolve("next.onnx")).doesNotExist();
    }

    @Test
    void writesAModelWithItsProvenanceAndTheDecisionOfTheGate() throws IOException {
        Path out = folder.resolve("next.onnx");
        CommandCall call = retrain(
                out,
                "--data",
                export.toString(),
                "--simulated",
                "400",
                "--seed",
                "9",
                "--epochs",
                "3",
                "--max-calibration-error",
                "1");
        assertThat(call.err()).contains("1600 stamps of 1x21x21 pixels");
        assertThat(call.out()).contains("missed: all sources", "missed: labelled sources", "golden stamps", "gate: ");
        assertThat(call.exitCode())
                .as(call.out())
                .isEqualTo(gate().path("passed").asBoolean() ? 0 : 3);
        assertThat(gate().path("checks").findValuesAsText("kind"))
                .contains("missed_sources", "calibration", "latency", "abstentions", "golden_stamps");
        assertThat(Files.readString(folder.resolve("report/report.html")))
                .contains("<h2>Gate</h2>", "missed: labelled sources", ", no limit</td><td>not compared</td>");
        try (StampModel classifier = StampModel.open(ModelFile.read(out))) {
            assertThat(classifier.contract().modelVersion()).isEqualTo("2");
            assertThat(classifier.contract().network()).isEqualTo("vgg6");
            JsonNode output =
                    new ObjectMapper().readTree(classifier.provenance().orElseThrow());
            assertThat(output.at("/data/0/alerts/0/offsets/0/to").asInt()).isEqualTo(999);
            assertThat(output.at("/simulated/stamps").asInt()).isEqualTo(400);
            assertThat(output.path("live_sha256").asText())
                    .isEqualTo(ModelFile.read(live).sha256());
        }
        try (StampModel older = StampModel.open(ModelFile.read(live))) {
            assertThat(older.provenance()).isEmpty();
        }
    }

    @Test
    void takesThoseFeaturesOfTheLiveModelThatItsStampsHave() throws IOException {
        Path taking = TinyModel.standard()
                .withFeatures(
                        new ScaledFeature(CandidateFeature.SIGNAL_TO_NOISE, Transform.LOG10, 1, 1),
                        new ScaledFeature(CandidateFeature.LIKELIHOOD, Transform.LINEAR, 10, 100))
                .write(folder.resolve("taking.onnx"));
        Path data = Blobs.write(Files.createDirectory(folder.resolve("data")), 300, 300, 3);
        Blobs.writeLikelihoods(data, 300, new Random(4));
        Path out = folder.resolve("next.onnx");
        CommandCall call = retrain(
                out, "--data", data.toString(), "--live", taking.toString(), "--network", "simple-bn", "--epochs", "3");
        assertThat(call.exitCode()).as(call.err()).isIn(0, RetrainCommand.REJECTED);
        assertThat(call.err()).contains("No stamp has the features signalToNoise");
        try (StampModel next = StampModel.open(ModelFile.read(out))) {
            assertThat(next.contract().features().kinds()).containsExactly(CandidateFeature.LIKELIHOOD);
        }
    }

    @Test
    void theSameDataGiveTheSameModel() throws IOException {
        Path once = folder.resolve("once.onnx");
        Path again = folder.resolve("again.onnx");
        String[] options = {"--data", export.toString(), "--epochs", "3", "--max-calibration-error", "1"};
        CommandCall call = retrain(once, options);
        assertThat(call.exitCode()).as(call.out() + call.err()).isZero();
        assertThat(call.out()).contains("gate: passed: the new model is not worse in any check");
        Folders.delete(folder.resolve("report"));
        assertThat(retrain(again, options).exitCode()).isZero();
        assertThat(again).hasSameBinaryContentAs(once);
    }

    @Test
    void exitsWithThreeIfTheGateRejectsTheModelThatItWrote() throws IOException {
        Path out = folder.resolve("next.onnx");
        CommandCall call = retrain(out, "--data", export.toString(), "--epochs", "1", "--max-calibration-error", "0");
        assertThat(call.exitCode()).isEqualTo(3);
        assertThat(call.out()).contains("gate: rejected: the new model is worse in expected calibration error");
        assertThat(out).isNotEmptyFile();
        assertThat(gate().path("passed").asBoolean()).isFalse();
    }

    @Test
    void exportsTheLabelsOfAStreamWithTheLauncher() throws IOException {
        Path launcher = Files.writeString(folder.resolve("launcher"), """
                #!/bin/sh
                echo "$@" > %s
                [ "$1" = export-labels ] && [ "$2" = --out ] && cp -r %s "$3"
                """.formatted(folder.resolve("asked"), export));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path out = folder.resolve("next.onnx");
        String[] options = {
            "--config", "s.properties", "--from", "2026-01-01", "--epochs", "1", "--max-calibration-error", "1"
        };
        System.setProperty(LauncherProcess.LAUNCHER, launcher.toString());
        try {
            CommandCall call = retrain(out, options);
            assertThat(call.exitCode()).as(call.err()).isIn(0, 3);
            assertThat(folder.resolve("asked"))
                    .hasContent("export-labels --out " + folder.resolve("next.archive")
                            + " --force --config s.properties --from 2026-01-01");
            assertFails(2, retrain(out, options), out + " exists; --force overwrites it.");
            Files.delete(out);
            assertFails(2, retrain(out, options), folder.resolve("report") + " exists; --force overwrites it.");
            Folders.delete(folder.resolve("report"));
            assertFails(2, retrain(out, options), folder.resolve("next.archive") + " exists; --force overwrites it.");
            Files.writeString(launcher, "#!/bin/sh\nexit 1\n");
            assertFails(
                    1,
                    retrain(folder.resolve("other.onnx"), options),
                    "./stampede export-labels ended with exit code 1; nothing was trained");
        } finally {
            System.clearProperty(LauncherProcess.LAUNCHER);
        }
        assertFails(1, retrain(folder.resolve("third.onnx"), options), "start ./stampede retrain");
    }

    @Test
    void reportsInvalidOptionsAndData() {
        Path out = folder.resolve("next.onnx");
        String data = export.toString();
        assertFails(2, retrain(out), "--data");
        assertFails(2, retrain(out, "--data", data, "--from", "2026-01-01"), "they need --config");
        assertFails(2, retrain(out, "--data", data, "--network", "lenet"), "'lenet' is not one of");
        assertFails(2, retrain(out, "--data", data, "--simulated", "-1"), "--simulated is -1");
        assertFails(2, retrain(out, "--data", data, "--max-calibration-error", "2"), "calibration error");
        assertFails(1, retrain(out, "--data", folder.resolve("absent").toString()), "There is no folder");
        assertThat(out).doesNotExist();
    }

    private static void assertFails(int exitCode, CommandCall call, String sentence) {
        assertThat(call.err()).contains(sentence).doesNotContain("\tat ");
        assertThat(call.exitCode()).isEqualTo(exitCode);
    }
}
