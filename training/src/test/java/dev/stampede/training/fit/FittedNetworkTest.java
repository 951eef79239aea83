package dev.stampede.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.training.calibrate.ClassScores;
import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knowm.xchart.XYChart;
import org.nd4j.linalg.schedule.ISchedule;

@Tag("slow")
class FittedNetworkTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void theSameSeedGivesTheSameWeightsBitForBit() {
        Split split = split(150);
        FittedNetwork one = fit(split, 2, 3);
        FittedNetwork same = fit(split, 2, 3);
        assertThat(one.network().params()).isEqualTo(same.network().params());
        assertThat(one.epochs())
                .usingRecursiveComparison()
                .ignoringFields("stampsPerSecond")
                .isEqualTo(same.epochs());
        assertThat(fit(split, 2, 4).network().params())
                .isNotEqualTo(one.network().params());
    }

    @Test
    void keepsTheWeightsOfTheBestEpoch() {
        Split split = split(150);
        FittedNetwork fit = fit(split, 3, 1);
        double min = fit.epochs().stream()
                .min(Comparator.comparingDouble(Epoch::validationLoss))
                .orElseThrow()
                .validationLoss();
        assertThat(ClassScores.of(fit.network(), split.validation()).at(1).logLoss(1))
                .isCloseTo(min, offset(1e-6));
    }

    @Test
    void aBatchIsNeverLargerThanTheStamps() {
        Split split = split(150);
        FitSettings settings = new FitSettings(1, 1_000_000, 1e-3, LearningRateSchedule.CONSTANT, 1);
        List<Integer> batches = new ArrayList<>();
        FittedNetwork.of(Network.SIMPLE, split, settings, new FitListener() {
            @Override
            public void batchFitted(int stamps, int epoch, double loss) {
                batches.add(stamps);
            }
        });
        assertThat(batches).containsExactly(split.fitting().size());
    }

    @Test
    void theCosineFallsFromTheFullRateToNone() {
        assertThat(LearningRateSchedule.COSINE.over(0.1, 10).valueAt(0, 0)).isCloseTo(0.1, offset(1e-12));
        assertThat(LearningRateSchedule.COSINE.over(0.1, 10).valueAt(5, 0)).isCloseTo(0.05, offset(1e-12));
        assertThat(LearningRateSchedule.COSINE.over(0.1, 10).valueAt(10, 0)).isCloseTo(0, offset(1e-12));
        assertThat(LearningRateSchedule.CONSTANT.over(0.1, 10).valueAt(7, 0)).isEqualTo(0.1);
    }

    @Test
    void anEpochIsAPermutationInWholeBatches() {
        Shuffle shuffle = new Shuffle(10, 3, new SplittableRandom(1));
        shuffle.reshuffle();
        assertThat(shuffle.batches()).isEqualTo(3);
        int[] observed = new int[10];
        for (int batch = 0; batch < 3; batch++) {
            for (int index : shuffle.batch(batch)) {
                observed[index]++;
            }
        }
        assertThat(observed).containsOnly(0, 1);
        int[] before = shuffle.batch(0);
        shuffle.reshuffle();
        assertThat(shuffle.batch(0)).isNotEqualTo(before);
    }

    @Test
    void theStepScheduleFallsToATenthAndAHundredth() {
        ISchedule steps = LearningRateSchedule.STEP.over(0.1, 100);
        assertThat(steps.valueAt(49, 0)).isEqualTo(0.1);
        assertThat(steps.valueAt(50, 0)).isCloseTo(0.01, offset(1e-12));
        assertThat(steps.valueAt(75, 0)).isCloseTo(0.001, offset(1e-12));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Optimiser.class)
    void everyOptimiserLowersTheLoss(Optimiser optimiser) {
        double rate = optimiser == Optimiser.ADAM || optimiser == Optimiser.ADAMW ? 2e-3 : 2e-2;
        List<Epoch> epochs = fit(
                        split(150),
                        Network.VGG6,
                        new FitSettings(
                                3,
                                16,
                                new OptimiserSettings(optimiser, rate, LearningRateSchedule.CONSTANT, 1e-3),
                                new SamplingSettings(true, true, 0.1),
                                0,
                                1,
                                1))
                .epochs();
        assertThat(epochs.get(2).fittingLoss()).isLessThan(0.95 * epochs.get(0).fittingLoss());
    }

    @Test
    void stopsEarlyWithoutImprovement() {
        // At this rate nothing changes in single precision, so the second epoch is no better than the first.
        FitSettings settings = new FitSettings(
                9,
                64,
                new OptimiserSettings(Optimiser.SGD, 1e-30, LearningRateSchedule.CONSTANT, 0),
                SamplingSettings.DEFAULT,
                2,
                1,
                1);
        assertThat(fit(split(60), Network.SIMPLE, settings).epochs()).hasSize(3);
    }

    @Test
    void drawsTheHistory() throws IOException {
        Path file = folder.resolve("history.png");
        TrainingHistory.draw(List.of(new Epoch(1, 0.5, 0.25, 0.875, 1000), new Epoch(2, 0.4, 0.2, 0.9, 1000)), file);
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(900);
    }

    @Test
    void labelsTheRightAxisOfTheHistoryAsAccuracy() {
        XYChart chart = TrainingHistory.chart(List.of(new Epoch(1, 0.5, 0.25, 0.875, 1000)));
        assertThat(chart.getYAxisGroupTitle(0)).isEqualTo("log loss, nats");
        assertThat(chart.getYAxisGroupTitle(1)).isEqualTo("accuracy");
    }

    @Test
    void writesTheHistoryAsATable() throws IOException {
        Path file = folder.resolve("history.csv");
        TrainingHistory.write(List.of(new Epoch(1, 0.5, 0.25, 0.875, 1000)), file);
        assertThat(Files.readString(file)).isEqualTo("""
                        epoch,fitting_loss,validation_loss,validation_accuracy,stamps_per_second
                        1,0.500000,0.250000,0.875000,1000.0
                        """);
    }

    @Test
    void rejectsInvalidSettings() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FitSettings(0, 8, 0.1, LearningRateSchedule.CONSTANT, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FitSettings(1, 0, 0.1, LearningRateSchedule.CONSTANT, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FitSettings(1, 8, 0, LearningRateSchedule.CONSTANT, 1));
    }

    private Split split(int each) {
        Examples examples = Examples.of(DataFolder.read(Blobs.write(folder, each, each, 1)), Recipe.ASINH_SNR);
        return Split.of(examples, Split.Fractions.STANDARD, 1);
    }

    private static FittedNetwork fit(Split split, int epochs, long seed) {
        return fit(split, Network.VGG6, new FitSettings(epochs, 32, 2e-3, LearningRateSchedule.COSINE, seed));
    }

    private static FittedNetwork fit(Split split, Network network, FitSettings settings) {
        return FittedNetwork.of(network, split, settings, FitListener.NONE);
    }
}
