package dev.stampede.training.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.simulate.output.SimulatedFolder;
import dev.stampede.training.dataset.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EvaluateCommandTest {
    @TempDir
    static Path shared = Path.of("");

    @TempDir
    Path folder = Path.of("");

    private static Path model = Path.of("");
    private static Path blobs = Path.of("");
    /** Few stamps that the model was not trained on. */
    private static Path fewBlobs = Path.of("");

    @BeforeAll
    static void train() throws IOException {
        fewBlobs = Blobs.write(Files.createDirectory(shared.resolve("few")), 60, 60, 3);
        blobs = Blobs.write(shared, 700, 700, 1);
        model = shared.resolve("blobs.onnx");
        CommandCall trained = CommandCall.of(
                "train", "--data", blobs.toString(), "--out", model.toString(), "--epochs", "4", "--batch-size", "64");
        assertThat(trained.exitCode()).as(trained.err()).isZero();
    }

    @Test
    void writesMetricsChartsAndASelfContainedPage() throws IOException {
        Path data = Blobs.write(Files.createDirectory(folder.resolve("data")), 300, 300, 2);
        CommandCall call = evaluate(data);
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out())
                .contains(
                        "accuracy 0.9",
                        "no matched filter: truth.csv lacks the kinds and widths of the sources",
                        "report.html");
        JsonNode metrics = metrics();
        assertThat(metrics.at("/figures/roc_auc/value").asDouble()).isGreaterThan(0.95);
        assertThat(metrics.at("/figures/accuracy/low").asDouble())
                .isLessThan(metrics.at("/figures/accuracy/high").asDouble());
        assertThat(metrics.at("/stamps/real_called_real").asInt()
                        + metrics.at("/stamps/real_called_bogus").asInt())
                .isEqualTo(300);
        assertThat(metrics.at("/trained_on_this_data").asBoolean()).isFalse();
        assertThat(metrics.at("/matched_filter").isMissingNode()).isTrue();
        String page = Files.readString(folder.resolve("report/report.html"));
        assertThat(page)
                .contains("Average precision", "data:image/png;base64,", "Left out", "Training history")
                .doesNotContain("src=\"http", "href=", "<script");
        assertThat(pictures())
                .contains("confusion.png", "roc.png", "precision-recall.png", "reliability.png", "scores.png")
                .contains("completeness.png", "training.png", "stamps-real.png", "stamps-bogus.png")
                .contains("worst-missed.png", "worst-missed-explained.png");
    }

    @Test
    void comparesWithTheMatchedFilterOnSimulatedStamps() throws IOException {
        Path data = folder.resolve("simulated");
        SimulatedFolder.write(data, SimulationSettings.standard(), 5, 1000, written -> {});
        CommandCall call = evaluate(data, "--json");
        assertThat(call.exitCode()).as(call.err()).isZero();
        JsonNode printed = new ObjectMapper().readTree(call.out());
        assertThat(printed).isEqualTo(metrics());
        assertThat(printed.at("/matched_filter/noise_peaks").asInt()).isGreaterThan(200);
        JsonNode ranges = printed.at("/matched_filter/signal_to_noise");
        JsonNode faintest = ranges.get(0);
        JsonNode brightest = ranges.get(ranges.size() - 1);
        assertThat(faintest.at("/filter_missed/value").asDouble()).isGreaterThan(0.8);
        assertThat(brightest.at("/filter_missed/value").asDouble()).isLessThan(0.02);
        assertThat(printed.at("/matched_filter/artefacts").findValuesAsText("kind"))
                .contains("star residue", "streak")
                .doesNotContain("noise peak", "point source");
        assertThat(printed.at("/matched_filter/artefacts/0/passed").asInt())
                .isLessThanOrEqualTo(
                        printed.at("/matched_filter/artefacts/0/stamps").asInt());
        assertThat(printed.at("/stamps/bogus_abstained/BLANK").asInt()).isPositive();
        assertThat(printed.at("/strata").findValuesAsText("name")).contains("below 4", "noise peak", "streak");
    }

    @Test
    void namesTheNoisePeaksThatTheMatchedFilterNeeds() throws IOException {
        Path data = folder.resolve("simulated");
        SimulatedFolder.write(data, SimulationSettings.standard(), 5, 100, written -> {});
        CommandCall call = evaluate(data);
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.out()).containsPattern("no matched filter: [1-9][0-9] noise peaks, 100 needed");
        assertThat(Files.readString(folder.resolve("report/report.html")))
                .containsPattern("Left out: [1-9][0-9] noise peaks, 100 needed");
    }

    @Test
    void givesTheModelThePlanesThatItTakes() throws IOException {
        Path pairs = Blobs.writePairs(Files.createDirectory(folder.resolve("pairs")), 300, 2);
        CommandCall unnamed = evaluate(pairs);
        assertThat(unnamed.exitCode()).isEqualTo(2);
        assertThat(unnamed.err()).contains("have 2 planes, not median: name the planes with --planes");
        assertThat(evaluate(pairs, "--planes", "median,median").err())
                .contains("--planes is median,median: it names a plane twice");

        assertThat(evaluate(pairs, "--planes", "median,mean").exitCode()).isZero();
        double bright = metrics().at("/figures/roc_auc/value").asDouble();
        assertThat(evaluate(pairs, "--planes", "mean,median").exitCode()).isZero();
        double faint = metrics().at("/figures/roc_auc/value").asDouble();
        assertThat(bright)
                .as("the first plane shows the sources twice as bright")
                .isGreaterThan(faint + 0.01);
    }

    @Test
    void namesModelsThatTakeThePlanesOfTheStamps() {
        String[] given = {"--data", fewBlobs.toString(), "--report", folder.toString(), "--model", "compact"};
        CommandCall unnamed = CommandCall.of(with(given, "evaluate"));
        assertThat(unnamed.exitCode()).isEqualTo(2);
        assertThat(unnamed.err())
                .contains("have 1 plane, not median,mean: the model compact takes median,mean; use a model that takes")
                .contains("what the stamps have: vgg6 (median), compact-median (median), difference (difference).");
        CommandCall named = CommandCall.of(with(given, "evaluate", "--planes", "median"));
        assertThat(named.exitCode()).isEqualTo(2);
        assertThat(named.err())
                .contains("The model compact takes median,mean, but --planes is median; use a model that takes")
                .contains("what the stamps have: vgg6 (median), compact-median (median).");
    }

    private static String[] with(String[] given, String... first) {
        return Stream.of(first, given).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void evaluatesOnlyTheTestSet() throws IOException {
        CommandCall call = evaluate(blobs, "--split", "test");
        assertThat(call.exitCode()).as(call.err()).isZero();
        assertThat(call.err()).doesNotContain("--split test");
        JsonNode stamps = metrics().get("stamps");
        int classified = stamps.get("real_called_real").asInt()
                + stamps.get("real_called_bogus").asInt()
                + stamps.get("bogus_called_real").asInt()
                + stamps.get("bogus_called_bogus").asInt();
        assertThat(classified).isEqualTo(280);
    }

    @Test
    void warnsAboutTheTrainingSet() throws IOException {
        CommandCall call = evaluate(blobs);
        assertThat(call.err()).contains("fitted to most of these stamps");
        assertThat(metrics().at("/trained_on_this_data").asBoolean()).isTrue();
        assertThat(Files.readString(folder.resolve("report/report.html"))).contains("the metrics are too good");
    }

    @Test
    void usesAnotherThreshold() throws IOException {
        assertThat(evaluate(fewBlobs, "--threshold", "0").exitCode()).isZero();
        assertThat(metrics()
                        .at("/figures/missed_source_rate_at_threshold/value")
                        .asDouble())
                .isZero();
        assertThat(metrics()
                        .at("/figures/false_positive_rate_at_threshold/value")
                        .asDouble())
                .isEqualTo(1);
    }

    @Test
    void theSameSeedGivesTheSameMetrics() throws IOException {
        evaluate(fewBlobs, "--seed", "4");
        String once = Files.readString(folder.resolve("report/metrics.json"));
        evaluate(fewBlobs, "--seed", "4");
        assertThat(Files.readString(folder.resolve("report/metrics.json"))).isEqualTo(once);
    }

    @Test
    void reportsInvalidOptionsAndData() throws IOException {
        assertFails(2, evaluate(blobs, "--threshold", "1.5"), "--threshold is 1.5");
        assertFails(2, evaluate(blobs, "--split", "some"), "--split");
        assertFails(1, evaluate(folder.resolve("absent")), "There is no");
        Path swapped = Blobs.writeSwapped(Files.createDirectory(folder.resolve("swapped")), 60, 60, 1);
        assertFails(1, evaluate(swapped), "The labels look swapped");
        assertThat(evaluate(swapped, "--labels-are-right").exitCode()).isZero();
        String[] again = {
            "--data", fewBlobs.toString(), "--report", folder.resolve("report").toString(), "--model", "vgg6"
        };
        assertFails(2, CommandCall.of(with(again, "evaluate")), "report exists; --force overwrites it.");
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
        CommandCall call = CommandCall.of(
                "evaluate", "--model", model.toString(), "--data", blobs.toString(), "--report", blocked.toString());
        assertFails(1, call, "Cannot write " + blocked + ": it is not a folder.");
    }

    private CommandCall evaluate(Path data, String... more) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", "--model", model.toString()));
        arguments.addAll(List.of(
                "--data", data.toString(), "--report", folder.resolve("report").toString(), "--force"));
        arguments.addAll(List.of(more));
        return CommandCall.of(arguments.toArray(String[]::new));
    }

    private JsonNode metrics() throws IOException {
        return new ObjectMapper().readTree(Files.readString(folder.resolve("report/metrics.json")));
    }

    private List<String> pictures() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("report"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void assertFails(int exitCode, CommandCall call, String sentence) {
        assertThat(call.err()).contains(sentence).doesNotContain("\tat ");
        assertThat(call.exitCode()).isEqualTo(exitCode);
    }
}
