package dev.stampede.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.population.Feature;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class TrainCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void trainsAVerifiedModel() throws IOException {
        Path model = folder.resolve("blobs.onnx");
        CommandCall outcome = train(
                Blobs.write(folder, 1200, 1200, 1),
                model,
                "--epochs",
                "6",
                "--batch-size",
                "64",
                "--pixel-scale",
                "0.263",
                "--name",
                "blobs");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("wrote " + model, "accuracy 0.9", "roc_auc", "threshold");
        assertThat(Files.readString(folder.resolve("blobs.history.csv"))).hasLineCount(7);
        try (StampModel classifier = StampModel.open(ModelFile.read(model))) {
            assertContract(classifier.contract());
            assertThat(classifier.reference())
                    .as("what a stream measures its drift against")
                    .hasValueSatisfying(reference ->
                            assertThat(reference.features()).containsKeys(Feature.SCORE, Feature.PEAK_SIGNAL_TO_NOISE));
        }
        assertThat(files()).contains("blobs.history.png").noneMatch(name -> name.endsWith(".part"));
        assertThat(files()).doesNotContain("blobs.checkpoint");
    }

    @Test
    void trainsOnSomeOfThePlanes() throws IOException {
        Path pairs = Blobs.writePairs(folder, 100, 1);
        Path model = folder.resolve("mean.onnx");
        CommandCall wrong = train(pairs, model, "--network-planes", "mean");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("--network-planes is mean, not some of --planes median");

        CommandCall right = train(pairs, model, "--planes", "median,mean", "--network-planes", "mean", "--epochs", "1");
        assertThat(right.exitCode()).as(right.err()).isZero();
        try (StampModel trained = StampModel.open(ModelFile.read(model))) {
            assertThat(trained.contract().planes()).containsExactly(Plane.MEAN);
        }
    }

    @Test
    void aKilledAndResumedRunWritesTheSameModel() throws IOException, InterruptedException {
        Blobs.write(folder, 400, 400, 1);
        Path uninterrupted = folder.resolve("uninterrupted.onnx");
        Path killed = folder.resolve("killed.onnx");
        String[] options = {"--epochs", "4", "--batch-size", "32", "--name", "m"};
        assertThat(train(folder, uninterrupted, options).exitCode()).isZero();
        killInSecondEpoch(killed);
        assertThat(files()).contains("killed.checkpoint").doesNotContain("killed.onnx", "killed.history.csv");
        assertFails(2, train(folder, killed, options), "killed.checkpoint exists; --force overwrites it.");
        assertFails(2, train(folder, uninterrupted, options), "uninterrupted.onnx exists; --force overwrites it.");
        String[] otherOptions = {"--epochs", "4", "--batch-size", "32", "--name", "m", "--resume", "--network", "simple"
        };
        assertFails(1, train(folder, killed, otherOptions), "is of network vgg6");
        CommandCall resumed = train(folder, killed, "--epochs", "4", "--batch-size", "32", "--name", "m", "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(killed).hasSameBinaryContentAs(uninterrupted);
    }

    /** Kills a separate process, which blocks in its second epoch. */
    private void killInSecondEpoch(Path model) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BlockingTraining.class.getName(),
                        folder.toString(),
                        model.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader()) {
            // The process does not end its output, so the search must stop at the line.
            assertThat(out.lines().anyMatch(BlockingTraining.IN_SECOND_EPOCH::equals))
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void theAstroMlPresetLearnsNothing() throws IOException {
        Blobs.write(folder, 400, 300, 1);
        // Fewer epochs than the chapter's fifteen, in more steps.
        train(folder, folder.resolve("m.onnx"), "--preset", "astroml", "--epochs", "3", "--batch-size", "64");
        List<String> history = Files.readAllLines(folder.resolve("m.history.csv"));
        String accuracy = history.get(3).split(",", -1)[3];
        assertThat(Double.parseDouble(accuracy)).isBetween(0.4, 0.7);
        train(folder, folder.resolve("d.onnx"), "--epochs", "3", "--batch-size", "64");
        String learnt =
                Files.readAllLines(folder.resolve("d.history.csv")).get(3).split(",", -1)[3];
        assertThat(Double.parseDouble(learnt)).isGreaterThan(0.8);
    }

    private void assertContract(ModelContract contract) {
        assertThat(contract.modelName()).isEqualTo("blobs");
        assertThat(contract.network()).isEqualTo("vgg6");
        assertThat(contract.recipeName()).isEqualTo(Recipe.ASINH_SNR.recipeName());
        assertThat(contract.planes()).containsExactly(Plane.MEDIAN);
        assertThat(contract.stampSize()).isEqualTo(21);
        assertThat(contract.pixelScaleArcsec()).hasValue(0.263);
        assertThat(contract.dataFingerprint()).isEqualTo(DataFolder.read(folder).fingerprint());
        assertThat(contract.metrics().get("accuracy")).isGreaterThan(0.93);
        assertThat(contract.metrics().get("roc_auc")).isGreaterThan(0.98);
        assertThat(contract.metrics().get("false_positive_rate_at_threshold")).isLessThan(0.1);
        assertThat(contract.goldenStamps()).hasSize(32);
        assertThat(contract.goldenStamps().stream()
                        .filter(golden -> golden.probability() > 0.1 && golden.probability() < 0.9)
                        .count())
                .isGreaterThan(8);
    }

    @Test
    void trainsOnTheCentreOfTheStampsWithThreeClasses() throws IOException {
        Blobs.write(folder, 600, 600, 1);
        StringBuilder truth = new StringBuilder("file,index,kind\n");
        for (int i = 0; i < 300; i++) {
            truth.append(DataFolder.NOISE).append(',').append(i).append(",noise_peak\n");
        }
        Files.writeString(folder.resolve("truth.csv"), truth);
        Path model = folder.resolve("m.onnx");
        CommandCall outcome = train(
                folder,
                model,
                "--network",
                "simple-bn",
                "--size",
                "15",
                "--classes",
                "real,noise_peak,bogus",
                "--fractions",
                "0.6,0.2,0.2",
                "--epochs",
                "6",
                "--batch-size",
                "32");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        ModelFile file = ModelFile.read(model);
        try (StampModel classifier = StampModel.open(file)) {
            assertThat(classifier.contract().stampSize()).isEqualTo(15);
            assertThat(classifier.contract().classes()).containsExactly("real", "noise_peak", "bogus");
            assertThat(classifier.contract().metrics().get("roc_auc")).isGreaterThan(0.9);
        }
        assertThat(evaluate(model).out()).contains("\"trained_on_this_data\" : true");
    }

    /** Evaluates {@code model} on the data of this test, which must succeed. */
    private CommandCall evaluate(Path model) {
        CommandCall evaluated = CommandCall.of(
                "evaluate",
                "--model",
                model.toString(),
                "--data",
                folder.toString(),
                "--report",
                folder.resolve("report").toString(),
                "--json");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        return evaluated;
    }

    @Test
    void trainsOnTripletsInTheStatedOrder() throws IOException {
        List<Plane> planes = List.of(Plane.SCIENCE, Plane.TEMPLATE, Plane.DIFFERENCE);
        SimulationSettings settings =
                SimulationSettings.standard().withPlanes(planes).withSize(31).withSignalToNoise(6, 60);
        SimulatedFolder.write(folder, settings, 1, 1000, written -> {});
        Path model = folder.resolve("triplets.onnx");
        CommandCall outcome = train(
                folder, model, "--planes", Plane.names(planes), "--size", "31", "--epochs", "6", "--batch-size", "32");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        try (StampModel classifier = StampModel.open(ModelFile.read(model))) {
            assertThat(classifier.contract().planes()).isEqualTo(planes);
            assertThat(classifier.contract().stampSize()).isEqualTo(31);
            assertThat(classifier.contract().metrics().get("roc_auc")).isGreaterThan(0.8);
        }
        evaluate(model);
    }

    @Test
    void rejectsSwappedLabels() throws IOException {
        CommandCall outcome = train(Blobs.writeSwapped(folder, 60, 60, 1), folder.resolve("m.onnx"));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("The labels look swapped", "--labels-are-right");
        assertThat(files()).doesNotContain("m.onnx", "m.history.csv");
    }

    @Test
    void leavesNoFileIfTheModelCannotBeVerified() throws IOException {
        Path model = folder.resolve("m.onnx");
        CommandCall outcome = train(
                Blobs.writeSwapped(folder, 60, 60, 1),
                model,
                "--labels-are-right",
                "--epochs",
                "2",
                "--batch-size",
                "16");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("the exported file is invalid");
        assertThat(files()).noneMatch(name -> name.startsWith("m.onnx"));
    }

    @Test
    void reportsInvalidData() {
        assertFails(1, train(folder.resolve("absent"), folder.resolve("m.onnx")), "There is no folder");
        assertFails(1, train(folder, folder.resolve("m.onnx")), "stamps_sources.npy");
        Blobs.write(folder, 5, 0, 1);
        assertFails(1, train(folder, folder.resolve("m.onnx")), "stamps_noise.npy holds no stamps");
    }

    @Test
    void reportsAnInvalidOutputFile() {
        Blobs.write(folder, 5, 5, 1);
        assertFails(1, train(folder, folder), "it is a folder");
        assertFails(1, train(folder, folder.resolve("absent/m.onnx")), "there is no folder");
    }

    @Test
    void rejectsInvalidOptions() {
        Blobs.write(folder, 5, 5, 1);
        Path model = folder.resolve("m.onnx");
        assertFails(2, train(folder, model, "--network", "vgg7"), "not one of vgg6");
        assertFails(
                2,
                train(folder, model, "--features", "likelihood,colour"),
                "'colour' is not one of likelihood, obsCount, speed");
        assertFails(2, train(folder, model, "--recipe", "z-score"), "--recipe is 'z-score'");
        assertFails(2, train(folder, model, "--epochs", "0"), "--epochs is 0");
        assertFails(2, train(folder, model, "--batch-size", "0"), "--batch-size is 0");
        assertFails(2, train(folder, model, "--learning-rate", "-1"), "--learning-rate is -1.0");
        assertFails(2, train(folder, model, "--weight-decay", "-1"), "--weight-decay is -1.0");
        assertFails(2, train(folder, model, "--label-smoothing", "1"), "--label-smoothing is 1.0");
        assertFails(2, train(folder, model, "--patience", "-1"), "--patience is -1");
        assertFails(2, train(folder, model, "--preset", "keras"), "--preset");
        assertFails(2, train(folder, model, "--max-false-positive-rate", "1"), "--max-false-positive-rate is 1.0");
        assertFails(2, train(folder, model, "--planes", "median,mean"), "1 plane, not median,mean");
        assertFails(2, train(folder, model, "--epochs", "many"), "--epochs");
        assertFails(2, train(folder, model, "--size", "0"), "--size is 0");
        assertFails(2, train(folder, model, "--size", "22"), "21 pixels a side, fewer than --size 22");
        assertFails(2, train(folder, model, "--size", "19"), "vgg6 takes 20 or more");
        assertFails(2, train(folder, model, "--classes", "bogus,star"), "one of them real");
        assertFails(1, train(folder, model, "--classes", "real,star"), "unknown kind; add 'bogus'");
        assertFails(2, train(folder, model, "--fractions", "0.7,0.2"), "three values");
        assertFails(2, train(folder, model, "--fractions", "0.7,0.2,0.2"), "add up to 1");
    }

    private static void assertFails(int exitCode, CommandCall outcome, String sentence) {
        assertThat(outcome.err()).contains(sentence).doesNotContain("\tat ");
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static CommandCall train(Path data, Path out, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--data", data.toString(), "--out", out.toString()));
        arguments.addAll(List.of(more));
        return CommandCall.of(arguments.toArray(String[]::new));
    }
}
