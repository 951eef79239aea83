package dev.stampede.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.Fill;
import dev.stampede.stamps.explain.Grid;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.calibrate.ClassScores;
import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.fit.FitListener;
import dev.stampede.training.fit.FitSettings;
import dev.stampede.training.fit.FittedNetwork;
import dev.stampede.training.fit.LearningRateSchedule;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Occlusion maps of networks that were fitted to sources anywhere on the stamp. */
@Tag("system") // a quarter of a minute
class ExplainedNetworkTest {
    private static final int SIZE = 21;
    private static final int ROW = 6;
    private static final int COLUMN = 14;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Network.class,
            names = {"SIMPLE", "SIMPLE_BN", "VGG6", "RESNET14"})
    void theMapLiesOnTheSourceWhateverTheFill(Network network) throws IOException {
        Path file = fitted(network);
        for (Fill fill : Fill.values()) {
            try (StampModel classifier = StampModel.open(ModelFile.read(file));
                    Explainer explainer = Explainer.of(
                            classifier, OcclusionSettings.standard().withFill(fill, 3), 64)) {
                Explanation explanation = explainer.explain(List.of(source())).get(0);
                assertThat(explanation.prediction().verdict()).isEqualTo(Verdict.REAL);
                assertCentroid(explanation.map().orElseThrow().pixels());
            }
        }
    }

    private Path fitted(Network network) throws IOException {
        Path data = Blobs.writeWandering(folder.resolve("data"), 400, 400, 1);
        Split split = Split.of(Examples.of(DataFolder.read(data), Recipe.ASINH_SNR), Split.Fractions.STANDARD, 1);
        FitSettings settings = new FitSettings(10, 32, 2e-3, LearningRateSchedule.COSINE, 1);
        Path file = folder.resolve("m.onnx");
        FittedNetwork fit = FittedNetwork.of(network, split, settings, FitListener.NONE);
        Predictions test = ClassScores.of(fit.network(), split.test()).at(1);
        ParityStamps parityStamps = ParityStamps.of(split.test(), test);
        ModelExport.write(fit.network(), ModelExportTest.contract(parityStamps), parityStamps, file);
        return file;
    }

    private static Stamp source() {
        Random random = new Random(4);
        return Stamp.of(1, SIZE, SIZE, Blobs.stamp(random, 4, ROW, COLUMN));
    }

    /** The centroid of the pixels above half of the peak. Patches spread a drop, and a network may be asymmetric. */
    private static void assertCentroid(Grid map) {
        float peak = Float.NEGATIVE_INFINITY;
        for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
            peak = Math.max(peak, map.at(pixel / SIZE, pixel % SIZE));
        }
        assertThat(peak).isGreaterThan(0.02f);
        double sum = 0;
        double rows = 0;
        double columns = 0;
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                double value = map.at(row, column);
                if (value >= 0.5 * peak) {
                    sum += value;
                    rows += value * row;
                    columns += value * column;
                }
            }
        }
        assertThat(rows / sum).isCloseTo(ROW, within(1.5));
        assertThat(columns / sum).isCloseTo(COLUMN, within(1.5));
    }
}
