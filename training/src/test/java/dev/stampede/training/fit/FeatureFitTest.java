package dev.stampede.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.training.calibrate.ClassScores;
import dev.stampede.training.dataset.Blobs;
import dev.stampede.training.dataset.DataFolder;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.FeatureMask;
import dev.stampede.training.dataset.FeatureScaling;
import dev.stampede.training.dataset.InvalidDataException;
import dev.stampede.training.dataset.Split;
import dev.stampede.training.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fit on pure noise whose label only the likelihood tells: 12 to 20 of the real ones, 6 to 11 of the bogus ones. */
@Tag("slow")
class FeatureFitTest {
    private static final List<CandidateFeature> FEATURES = List.of(CandidateFeature.SPEED, CandidateFeature.LIKELIHOOD);

    @TempDir
    Path folder = Path.of("");

    private Split split(List<CandidateFeature> features) throws IOException {
        Path data = Blobs.writeNoiseWithFeatures(folder, 400, 1);
        Split split = Split.of(Examples.of(DataFolder.read(data), Recipe.ASINH_SNR), Split.Fractions.STANDARD, 1);
        return split.with(FeatureScaling.of(split.fitting(), features));
    }

    private static FitSettings settings(int epochs, int threads) {
        FitSettings one = new FitSettings(epochs, 32, 5e-3, LearningRateSchedule.COSINE, 1);
        return new FitSettings(epochs, 32, one.optimiser(), one.sampling(), 0, threads, 1);
    }

    @Test
    void learnsFromAFeatureWhatNoStampTells() throws IOException {
        Split split = split(FEATURES);
        FittedNetwork fit = FittedNetwork.of(Network.SIMPLE, split, settings(8, 1), FitListener.NONE);
        assertThat(ClassScores.of(fit.network(), split.test()).at(1).accuracy()).isGreaterThan(0.95);
        double without = ClassScores.of(fit.network(), split.test(), (example, feature) -> true)
                .at(1)
                .accuracy();
        assertThat(without).as("accuracy without features, that of a guess").isBetween(0.3, 0.7);
    }

    @Test
    void aHiddenFeatureIsAsGoodAsAnAbsentOne() throws IOException {
        Split split = split(FEATURES);
        FittedNetwork fit = FittedNetwork.of(Network.SIMPLE, split, settings(1, 1), FitListener.NONE);
        FeatureMask likelihood = (example, feature) -> feature == 1;
        Path bare = Blobs.writeNoiseWithFeatures(folder.resolve("bare"), 400, 1);
        Path truth = bare.resolve("truth.csv");
        Files.writeString(truth, Files.readString(truth).replace(",likelihood", ",something"));
        Split absent = Split.of(Examples.of(DataFolder.read(bare), Recipe.ASINH_SNR), Split.Fractions.STANDARD, 1)
                .with(split.fitting().featureInput());
        double[] hidden = logOdds(ClassScores.of(fit.network(), split.test(), likelihood), split.test());
        assertThat(logOdds(ClassScores.of(fit.network(), absent.test()), absent.test()))
                .isEqualTo(hidden);
        assertThat(logOdds(ClassScores.of(fit.network(), split.test()), split.test()))
                .isNotEqualTo(hidden);
    }

    private static double[] logOdds(ClassScores scores, Examples examples) {
        double[] logOdds = new double[examples.size()];
        for (int i = 0; i < logOdds.length; i++) {
            logOdds[i] = scores.at(1).logOdds(i);
        }
        return logOdds;
    }

    @Test
    void scalesFeaturesToMeanZeroAndDeviationOneOfTheTrainingSet() throws IOException {
        Examples fitting = split(FEATURES).fitting();
        FeatureInput input = fitting.featureInput();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < fitting.size(); i++) {
            float value = input.features().get(1).of(fitting.features(i).likelihood());
            sum += value;
            squares += (double) value * value;
        }
        assertThat(sum / fitting.size()).isBetween(-1e-5, 1e-5);
        assertThat(squares / fitting.size()).isBetween(1 - 1e-5, 1 + 1e-5);
    }

    @Test
    void aResumedFitEndsWithTheSameWeightsOnTwoThreads() throws IOException {
        Split split = split(FEATURES);
        Path checkpoint = folder.resolve("c");
        FittedNetwork whole = FittedNetwork.of(Network.SIMPLE, split, settings(3, 2), FitListener.NONE);
        try (TrainingLoop loop =
                TrainingLoop.start(Network.SIMPLE, split, settings(3, 2), FitListener.NONE, checkpoint)) {
            loop.runUntil(1);
        }
        assertThat(FittedNetwork.of(Network.SIMPLE, split, settings(3, 2), FitListener.NONE, checkpoint, true)
                        .network()
                        .params())
                .isEqualTo(whole.network().params());
        Split other = split(List.of(CandidateFeature.SPEED));
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() ->
                        FittedNetwork.of(Network.SIMPLE, other, settings(3, 2), FitListener.NONE, checkpoint, true))
                .withMessageContaining("likelihood:log10");
    }

    @Test
    void warnsOfAFeatureThatIsKnownOfOneClassOnly() throws IOException {
        Examples fitting = split(FEATURES).fitting();
        assertThat(FeatureScaling.imbalance(fitting, FEATURES)).isEmpty();
        Path truth = folder.resolve("truth.csv");
        Files.write(
                truth,
                Files.readAllLines(truth).stream()
                        .filter(line -> !line.startsWith(DataFolder.NOISE))
                        .toList());
        Examples real = Examples.of(DataFolder.read(folder), Recipe.ASINH_SNR);
        assertThat(FeatureScaling.imbalance(real, FEATURES))
                .hasValueSatisfying(warning ->
                        assertThat(warning).contains("speed is known of 100 % of the real and 0 % of the bogus"));
    }

    @Test
    void namesTheColumnsThatTheDataLacks() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> split(List.of(CandidateFeature.SIGNAL_TO_NOISE)))
                .withMessageContainingAll("signalToNoise", "flux and flux_error", "truth.csv", "--features");
    }
}
