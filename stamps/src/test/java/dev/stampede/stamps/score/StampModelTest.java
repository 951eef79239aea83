package dev.stampede.stamps.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StampModelTest {
    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void provesAModelOfEveryRecipe(Recipe recipe) {
        TinyModel model = TinyModel.standard().withRecipe(recipe);
        try (StampModel classifier = StampModel.open(model.file())) {
            assertThat(classifier.contract()).isEqualTo(model.contract());
            assertThat(classifier.executionProvider()).isEqualTo("cpu");
        }
    }

    @Test
    void provesAModelOfSeveralPlanesAndAnotherSize(@TempDir Path directory) {
        Path path = TinyModel.standard()
                .withPlanes(Plane.MEAN, Plane.MEDIAN, Plane.SUM)
                .withStampSize(30)
                .write(directory.resolve("three.onnx"));
        try (StampModel classifier = StampModel.open(ModelFile.read(path))) {
            assertThat(classifier.model().origin()).isEqualTo(path.toString());
        }
    }

    @Test
    void refusesBytesThatAreNoOnnxFile() {
        assertInvalid(ModelFile.of(new byte[] {1, 2, 3}, "three bytes"), "three bytes is not an ONNX model");
    }

    @Test
    void refusesATruncatedFile() {
        byte[] whole = TinyModel.standard().bytes();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertInvalid(ModelFile.of(half, "half a file"), "half a file", "./stampede train");
    }

    @Test
    void refusesAnOnnxFileThatSaysNothingOfItself() {
        assertInvalid(
                TinyModel.standard().withoutMetadata().file(),
                "the tiny model tiny 1",
                "no entry stampede.format_version",
                "./stampede train");
    }

    @Test
    void refusesARecipeThatItDoesNotHave() {
        assertInvalid(
                TinyModel.standard().withEntry("stampede.recipe", "histogram").file(),
                "histogram",
                "sigmag-unit-sum, asinh-snr");
    }

    @Test
    void refusesAGraphOfAnotherSizeThanItsContract() {
        assertUnproven(
                TinyModel.standard().withLargerGraph(),
                "the tiny model tiny 1 fails the check of the input",
                "23",
                "stamps float32 or float16 [-1, 1, 21, 21]");
    }

    @Test
    void refusesAGraphWhoseInputHasAnotherName() {
        assertUnproven(TinyModel.standard().withInputNamed("images"), "check of the input", "[images]");
    }

    @Test
    void refusesAModelTrainedOnAnotherNormalisation() {
        assertUnproven(
                TinyModel.standard().withEntry("stampede.recipe", Recipe.SIGMAG_UNIT_SUM.recipeName()),
                "check of the golden stamps",
                "within 0.001");
    }

    @Test
    void refusesAModelWhoseGoldenStampsScoreOtherwise() {
        assertUnproven(TinyModel.standard().withGoldenError(0.002), "check of the golden stamps", "within 0.001");
    }

    @Test
    void acceptsGoldenStampsWithinTheToleranceOfAnotherEngine() {
        StampModel.open(TinyModel.standard().withGoldenError(0.0009).file()).close();
    }

    @Test
    void refusesAModelTrainedOnSwappedLabels() {
        assertUnproven(
                TinyModel.standard().withSwappedClasses(),
                "check of synthetic point sources",
                "scores higher is 0.00, below 0.90",
                "are the labels swapped?");
    }

    /** So far aside the wing of a source barely outweighs its part in the mean: the median alone would pass. */
    @Test
    void refusesAModelThatIsNearlyBlindToSources() {
        assertUnproven(
                TinyModel.standard().withOffCentreFilter(5.25),
                "check of synthetic point sources",
                "scores higher is 0.79, below 0.90");
    }

    @Test
    void refusesAModelThatAnswersNoProbability() {
        assertUnproven(
                TinyModel.standard().withNaNWeights(), "fails the check of the engine", "NaN", "not a probability");
    }

    @Test
    void neverTakesTheCpuWhereCudaWasDemanded() {
        EngineSettings cuda = new EngineSettings(EngineSettings.Provider.CUDA, 1);
        assertThatExceptionOfType(EngineUnavailableException.class)
                .isThrownBy(() -> StampModel.open(TinyModel.standard().file(), cuda))
                .withMessageContainingAll("CUDA is not usable", "onnxruntime_gpu", "cpu")
                .havingCause();
    }

    @Test
    void takesTheCpuWhereAnyProviderWillDoAndCudaIsNotUsable() {
        EngineSettings any = new EngineSettings(EngineSettings.Provider.AUTO, 2);
        try (StampModel classifier = StampModel.open(TinyModel.standard().file(), any)) {
            assertThat(classifier.executionProvider()).isEqualTo("cpu");
        }
    }

    @Test
    void warmsUpEverySizeWithoutLeavingAnythingOpen() {
        StampModel classifier = StampModel.open(TinyModel.standard().file());
        classifier.warmUp(8);
        classifier.close();
        assertThatIllegalStateException().isThrownBy(() -> classifier.warmUp(8)).withMessageContaining("closed");
    }

    @Test
    void refusesAnEngineWithoutThreads() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineSettings(EngineSettings.Provider.CPU, 0))
                .withMessageContaining("intraOpThreads");
    }

    @Test
    void givesNoJudgeOnceClosed() {
        StampModel classifier = StampModel.open(TinyModel.standard().file());
        classifier.close();
        classifier.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> classifier.newPredictor(1))
                .withMessageContaining("closed");
    }

    @Test
    void letsAJudgeThatIsStillOpenWorkOn() {
        TinyModel model = TinyModel.standard();
        StampModel classifier = StampModel.open(model.file());
        StampPredictor predict = classifier.newPredictor(1);
        classifier.close();
        List<Stamp> stamps = List.of(model.stamp(30, 1));
        assertThat(predict.predict(stamps)).extracting(Prediction::verdict).containsExactly(Verdict.REAL);
        predict.close();
        predict.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> predict.predict(stamps))
                .withMessageContaining("closed");
    }

    @Test
    void refusesBatchesThatHoldNothingOrPassTheMemoryOfABuffer() {
        try (StampModel classifier = StampModel.open(TinyModel.standard().file())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> classifier.newPredictor(0))
                    .withMessageContaining("maxBatch");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> classifier.newPredictor(10_000_000))
                    .withMessageContaining("maxBatch");
        }
    }

    private static void assertInvalid(ModelFile file, String... sentences) {
        assertThatExceptionOfType(InvalidModelException.class)
                .isThrownBy(() -> StampModel.open(file))
                .withMessageContainingAll(sentences);
    }

    private static void assertUnproven(TinyModel model, String... sentences) {
        ModelFile file = model.file();
        assertThatExceptionOfType(ModelVerificationException.class)
                .isThrownBy(() -> StampModel.open(file))
                .withMessageContainingAll(sentences);
    }
}
