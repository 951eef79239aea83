package dev.stampede.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.terminal.Progress;
import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.evaluate.ClassScores;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.schedule.ISchedule;

class FitTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void theSameSeedGivesTheSameWeightsBitForBit() {
        Split split = split(150);
        Fit one = fit(split, 2, 3);
        Fit same = fit(split, 2, 3);
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
        Fit fit = fit(split, 3, 1);
        double least = fit.epochs().stream()
                .min(Comparator.comparingDouble(Epoch::validationLoss))
                .orElseThrow()
                .validationLoss();
        assertThat(ClassScores.of(fit.network(), split.validation()).at(1).logLoss(1))
                .isCloseTo(least, offset(1e-6));
    }

    @Test
    void aBatchIsNeverLargerThanTheStamps() {
        Split split = split(150);
        FitSettings settings = new FitSettings(1, 1_000_000, 1e-3, Schedule.CONSTANT, 1);
        assertThat(Fit.stamps(split, settings)).isEqualTo(split.fitting().size());
    }

    @Test
    void theCosineFallsFromTheFullRateToNone() {
        assertThat(Schedule.COSINE.over(0.1, 10).valueAt(0, 0)).isCloseTo(0.1, offset(1e-12));
        assertThat(Schedule.COSINE.over(0.1, 10).valueAt(5, 0)).isCloseTo(0.05, offset(1e-12));
        assertThat(Schedule.COSINE.over(0.1, 10).valueAt(10, 0)).isCloseTo(0, offset(1e-12));
        assertThat(Schedule.CONSTANT.over(0.1, 10).valueAt(7, 0)).isEqualTo(0.1);
    }

    @Test
    void anEpochIsAPermutationInWholeBatches() {
        Shuffle shuffle = new Shuffle(10, 3, new SplittableRandom(1));
        shuffle.again();
        assertThat(shuffle.batches()).isEqualTo(3);
        int[] seen = new int[10];
        for (int batch = 0; batch < 3; batch++) {
            for (int index : shuffle.batch(batch)) {
                seen[index]++;
            }
        }
        assertThat(seen).containsOnly(0, 1);
        int[] before = shuffle.batch(0);
        shuffle.again();
        assertThat(shuffle.batch(0)).isNotEqualTo(before);
    }

    @Test
    void theStepsFallToATenthAndAHundredth() {
        ISchedule steps = Schedule.STEP.over(0.1, 100);
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
                                rate,
                                Schedule.CONSTANT,
                                1,
                                optimiser,
                                1e-3,
                                new Presentation(true, true, 0.1),
                                0,
                                1))
                .epochs();
        assertThat(epochs.get(2).fittingLoss()).isLessThan(0.95 * epochs.get(0).fittingLoss());
    }

    @Test
    void stopsWhenPatienceIsAtItsEnd() {
        // At this rate nothing changes in single precision, so the second epoch is no better than the first.
        FitSettings settings =
                new FitSettings(9, 64, 1e-30, Schedule.CONSTANT, 1, Optimiser.SGD, 0, Presentation.DEFAULT, 2, 1);
        assertThat(fit(split(60), Network.SIMPLE, settings).epochs()).hasSize(3);
    }

    @Test
    void theHistoryIsAPicture() throws IOException {
        Path file = folder.resolve("history.png");
        History.draw(List.of(new Epoch(1, 0.5, 0.25, 0.875, 1000), new Epoch(2, 0.4, 0.2, 0.9, 1000)), file);
        assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(900);
    }

    @Test
    void theHistoryIsATableOfEpochs() throws IOException {
        Path file = folder.resolve("history.csv");
        History.write(List.of(new Epoch(1, 0.5, 0.25, 0.875, 1000)), file);
        assertThat(Files.readString(file)).isEqualTo("""
                        epoch,fitting_loss,validation_loss,validation_accuracy,stamps_per_second
                        1,0.500000,0.250000,0.875000,1000.0
                        """);
    }

    @Test
    void settingsMustMakeSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FitSettings(0, 8, 0.1, Schedule.CONSTANT, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FitSettings(1, 0, 0.1, Schedule.CONSTANT, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FitSettings(1, 8, 0, Schedule.CONSTANT, 1));
    }

    private Split split(int each) {
        Examples examples = Examples.of(DataFolder.read(Blobs.write(folder, each, each, 1)), Recipe.ASINH_SNR);
        return Split.of(examples, Split.Fractions.STANDARD, 1);
    }

    private static Fit fit(Split split, int epochs, long seed) {
        return fit(split, Network.VGG6, new FitSettings(epochs, 32, 2e-3, Schedule.COSINE, seed));
    }

    private static Fit fit(Split split, Network network, FitSettings settings) {
        try (Progress progress = Progress.of("fitting", Fit.stamps(split, settings))) {
            return Fit.of(network, split, settings, progress);
        }
    }
}
