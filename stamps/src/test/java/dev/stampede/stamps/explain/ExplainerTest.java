package dev.stampede.stamps.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.explain.OcclusionSettings.Definition;
import dev.stampede.stamps.explain.OcclusionSettings.Search;
import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.score.Scorer;
import dev.stampede.stamps.score.SlidingModel;
import dev.stampede.stamps.score.StampModel;
import dev.stampede.stamps.score.StampPredictor;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainerTest {
    private static final int SIZE = 21;
    private static final int PIXELS = SIZE * SIZE;

    static Stream<Arguments> recipesAndFills() {
        return Stream.of(Recipe.SIGMAG_UNIT_SUM, Recipe.ASINH_SNR)
                .flatMap(recipe -> Stream.of(Fill.values()).map(fill -> Arguments.of(recipe, fill)));
    }

    @ParameterizedTest(name = "{0}, fill {1}")
    @MethodSource("recipesAndFills")
    void putsASourceAtRow6Column14InItsPlace(Recipe recipe, Fill fill) {
        for (Search search : Search.values()) {
            OcclusionSettings settings =
                    OcclusionSettings.standard().withFill(fill, 3).withSearch(search);
            Explanation explanation = explain(recipe, settings, SlidingModel.stamp(6, 14, 5, 1));
            assertThat(explanation.prediction().verdict()).isEqualTo(Verdict.REAL);
            assertCentroid(explanation.map().orElseThrow().pixels());
        }
    }

    /**
     * A network that was trained to want its source in the middle sees a half-hidden one there: half a pixel more. Far from the
     * middle a source is one on a wrong trajectory, which is bogus.
     */
    @ParameterizedTest
    @EnumSource(Fill.class)
    void putsASourceInItsPlaceWithTheShippedModel(Fill fill) {
        Stamp stamp = SlidingModel.stamp(9, 12, 8, 1);
        for (Search search : Search.values()) {
            OcclusionSettings settings =
                    OcclusionSettings.standard().withFill(fill, 3).withSearch(search);
            try (StampModel classifier = StampModel.open(ModelFile.shipped());
                    Explainer explainer = Explainer.of(classifier, settings, 64)) {
                Explanation explanation = explainer.explain(List.of(stamp)).get(0);
                assertThat(explanation.prediction().verdict()).isEqualTo(Verdict.REAL);
                assertCentroid(explanation.map().orElseThrow().pixels(), 9, 12, 1.5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void putsTheNotebooksSourceUprightToo(Recipe recipe) {
        Explanation explanation = explain(recipe, OcclusionSettings.notebook(), SlidingModel.stamp(6, 14, 5, 1));
        assertCentroid(explanation.map().orElseThrow().pixels());
    }

    /** The centroid of what reaches half of the peak. A drop is shared out by patches, so it is good to a pixel. */
    private static void assertCentroid(Grid map) {
        assertCentroid(map, 6, 14, 1.0);
    }

    private static void assertCentroid(Grid map, int expectedRow, int expectedColumn, double pixels) {
        float peak = Float.NEGATIVE_INFINITY;
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            peak = Math.max(peak, map.at(pixel / SIZE, pixel % SIZE));
        }
        double sum = 0;
        double row = 0;
        double column = 0;
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            double value = map.at(pixel / SIZE, pixel % SIZE);
            if (value >= 0.5 * peak) {
                int pixelRow = pixel / SIZE;
                sum += value;
                row += value * pixelRow;
                column += value * (pixel % SIZE);
            }
        }
        assertThat(peak).isGreaterThan(0.05f);
        assertThat(row / sum).isCloseTo(expectedRow, within(pixels));
        assertThat(column / sum).isCloseTo(expectedColumn, within(pixels));
    }

    /** The chapter's loop, written down here a second time: over columns outside and rows inside, so transposed. */
    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void equalsTheChaptersLoopInNotebookMode(Recipe recipe) {
        for (int seed = 1; seed <= 3; seed++) {
            Stamp stamp = masked(SlidingModel.stamp(8, 12, 3 + seed, seed), 10);
            Grid map = explain(recipe, OcclusionSettings.notebook(), stamp)
                    .map()
                    .orElseThrow()
                    .pixels();
            double[][] chapter = chaptersMap(recipe, stamp, 5);
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                int row = pixel / SIZE;
                int column = pixel % SIZE;
                assertThat((double) map.at(row, column)).isCloseTo(chapter[column][row], within(1e-5));
            }
        }
    }

    private static double[][] chaptersMap(Recipe recipe, Stamp stamp, int patch) {
        int side = SIZE + 1 - patch;
        double[][] heat = new double[side][side];
        try (StampModel classifier = StampModel.open(SlidingModel.file(recipe));
                Scorer scorer = classifier.newScorer(1)) {
            for (int j = 0; j < side; j++) {
                for (int i = 0; i < side; i++) {
                    heat[j][i] = 1 - probability(recipe, scorer, replaced(stamp, i, j, patch, 0f, true));
                }
            }
        }
        return paddedByMinimum(heat, patch / 2);
    }

    private static float probability(Recipe recipe, Scorer scorer, float[] raw) {
        Normaliser normaliser = recipe.newNormaliser(1, PIXELS);
        float[] normalised = new float[PIXELS];
        normaliser.normalise(raw, 0, normalised, 0);
        scorer.add(normalised);
        scorer.run();
        float probability = scorer.probability(0);
        scorer.clear();
        return probability;
    }

    private static float[] replaced(Stamp stamp, int top, int left, int patch, float value, boolean maskedToo) {
        float[] raw = new float[PIXELS];
        stamp.copyTo(raw, 0);
        for (int row = top; row < top + patch; row++) {
            for (int column = left; column < left + patch; column++) {
                float old = raw[row * SIZE + column];
                boolean isMasked = Float.isNaN(old) || old == 0;
                raw[row * SIZE + column] = isMasked && !maskedToo ? old : value;
            }
        }
        return raw;
    }

    /** numpy.pad(heat, margin, mode='minimum'): along the first axis, then along the second. */
    private static double[][] paddedByMinimum(double[][] heat, int margin) {
        int side = heat.length;
        int whole = side + 2 * margin;
        double[][] padded = new double[whole][whole];
        for (int j = 0; j < whole; j++) {
            for (int i = 0; i < side; i++) {
                int column = i;
                double min = Arrays.stream(heat)
                        .mapToDouble(row -> row[column])
                        .min()
                        .orElseThrow();
                boolean inside = j >= margin && j < margin + side;
                padded[j][i + margin] = inside ? heat[j - margin][i] : min;
            }
            double min = Arrays.stream(padded[j], margin, margin + side).min().orElseThrow();
            for (int i = 0; i < margin; i++) {
                padded[j][i] = min;
                padded[j][whole - 1 - i] = min;
            }
        }
        return padded;
    }

    @ParameterizedTest(name = "patch {0}, stride {1}")
    @MethodSource("patches")
    void equalsAPlainLoopOverPatchesFilledWithTheMedian(int patch, int stride) {
        Stamp stamp = masked(SlidingModel.stamp(9, 11, 4, 6), 30);
        float[] good = new float[PIXELS];
        stamp.copyTo(good, 0);
        double[] sorted = Stream.iterate(0, i -> i < PIXELS, i -> i + 1)
                .mapToDouble(i -> good[i])
                .filter(pixel -> !Double.isNaN(pixel) && pixel != 0)
                .sorted()
                .toArray();
        float median = (float) ((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
        double[] sums = new double[PIXELS];
        int[] counts = new int[PIXELS];
        Explanation explanation =
                explain(Recipe.ASINH_SNR, OcclusionSettings.standard().withPatch(patch, stride), stamp);
        try (StampModel classifier = StampModel.open(SlidingModel.file(Recipe.ASINH_SNR));
                Scorer scorer = classifier.newScorer(1)) {
            double original = probability(Recipe.ASINH_SNR, scorer, good);
            double sign = original >= 0.5 ? 1 : -1;
            for (int top : starts(patch, stride)) {
                for (int left : starts(patch, stride)) {
                    float[] raw = replaced(stamp, top, left, patch, median, false);
                    double drop = sign * (original - probability(Recipe.ASINH_SNR, scorer, raw));
                    for (int i = 0; i < patch * patch; i++) {
                        int pixel = (top + i / patch) * SIZE + left + i % patch;
                        sums[pixel] += drop;
                        counts[pixel]++;
                    }
                }
            }
        }
        Grid map = explanation.map().orElseThrow().pixels();
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            double expected = sums[pixel] / counts[pixel];
            assertThat((double) map.at(pixel / SIZE, pixel % SIZE)).isCloseTo(expected, within(1e-5));
        }
    }

    static Stream<Arguments> patches() {
        return Stream.of(
                Arguments.of(5, 1),
                Arguments.of(4, 1),
                Arguments.of(5, 3),
                Arguments.of(6, 6),
                Arguments.of(1, 1),
                Arguments.of(21, 21));
    }

    private static List<Integer> starts(int patch, int stride) {
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start < SIZE - patch; start += stride) {
            starts.add(start);
        }
        starts.add(SIZE - patch);
        return starts;
    }

    @Test
    void givesEachPatchItsPosition() {
        assertThat(positions(5, 1)).isEqualTo(17);
        assertThat(positions(4, 1)).isEqualTo(18);
        assertThat(positions(1, 1)).isEqualTo(21);
        assertThat(positions(5, 3)).isEqualTo(7);
        assertThat(positions(21, 1)).isEqualTo(1);
    }

    private static int positions(int patch, int stride) {
        OcclusionSettings settings = OcclusionSettings.standard().withPatch(patch, stride);
        OcclusionResult map = explain(Recipe.ASINH_SNR, settings, SlidingModel.stamp(10, 10, 5, 2))
                .map()
                .orElseThrow();
        assertThat(map.passes())
                .isEqualTo(map.positions().rows() * map.positions().columns());
        return map.positions().rows();
    }

    @Test
    void showsWhatSpeaksForTheVerdictThatWasGiven() {
        Stamp stamp = SlidingModel.stamp(10, 10, 5, 1);
        try (StampModel classifier = StampModel.open(SlidingModel.file(Recipe.ASINH_SNR));
                Explainer explainer = Explainer.of(classifier, OcclusionSettings.standard(), 64)) {
            List<Explanation> explanations = explainer.explain(
                    List.of(stamp, stamp, stamp), List.of(Verdict.REAL, Verdict.BOGUS, Verdict.ABSTAIN));
            Grid real = explanations.get(0).map().orElseThrow().pixels();
            Grid bogus = explanations.get(1).map().orElseThrow().pixels();
            assertThat(real.at(10, 10)).isGreaterThan(0.05f);
            assertThat(bogus.at(10, 10)).isEqualTo(-real.at(10, 10));
            assertThat(explanations.get(2))
                    .isEqualTo(explainer.explain(List.of(stamp)).get(0));
        }
    }

    @Test
    void refusesAPatchLargerThanTheStamp() {
        try (StampModel classifier = StampModel.open(SlidingModel.file(Recipe.ASINH_SNR))) {
            OcclusionSettings settings = OcclusionSettings.standard().withPatch(22, 1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Explainer.of(classifier, settings, 8))
                    .withMessage(
                            "a patch of 22 pixels does not fit a stamp of 21x21 pixels; the patch must be 1 to 21");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Explainer.of(classifier, OcclusionSettings.standard(), 0))
                    .withMessageContaining("batch");
        }
    }

    @Test
    void hasNoMapWhereAStampIsNotJudged() {
        Stamp blank = Stamp.of(1, SIZE, SIZE, new float[PIXELS]);
        Stamp tiny = Stamp.of(1, 4, 4, new float[16]);
        Stamp good = SlidingModel.stamp(10, 10, 9, 4);
        try (StampModel classifier = StampModel.open(SlidingModel.file(Recipe.ASINH_SNR));
                Explainer explainer = Explainer.of(classifier, OcclusionSettings.standard(), 100)) {
            List<Explanation> explanations = explainer.explain(List.of(blank, good, tiny, masked(good, 300)));
            assertThat(explanations)
                    .extracting(explanation -> explanation.map().isPresent())
                    .containsExactly(false, true, false, false);
            assertThat(explanations)
                    .extracting(each -> each.prediction().verdict().name())
                    .containsExactly("ABSTAIN", "REAL", "ABSTAIN", "ABSTAIN");
            assertThat(explainer.explain(List.of())).isEmpty();
            assertThat(explainer.explain(List.of(blank)).get(0).map()).isEmpty();
        }
    }

    @Test
    void mapsAStampOfManyMaskedPixels() {
        Grid map = explain(
                        Recipe.ASINH_SNR, OcclusionSettings.standard(), masked(SlidingModel.stamp(14, 10, 9, 4), 200))
                .map()
                .orElseThrow()
                .pixels();
        float[] values = new float[PIXELS];
        map.copyTo(values, 0);
        assertThat(values).doesNotContain(Float.NaN);
        // A patch that hides masked pixels alone changes nothing.
        assertThat(map.at(0, 0)).isCloseTo(0, within(1e-6f));
    }

    @Test
    void judgesAsAJudgeDoesAndMapsTheMiddleOfALargerStamp() {
        Stamp large = TinyModel.standard().withStampSize(40).stamp(20, 4);
        try (StampModel classifier = StampModel.open(SlidingModel.file(Recipe.ASINH_SNR));
                StampPredictor predict = classifier.newPredictor(4);
                Explainer explainer = Explainer.of(classifier, OcclusionSettings.standard(), 64)) {
            Explanation whole = explainer.explain(List.of(large)).get(0);
            Explanation middle =
                    explainer.explain(List.of(large.centreCrop(SIZE))).get(0);
            assertThat(whole).isEqualTo(middle);
            assertThat(whole.prediction())
                    .isEqualTo(predict.predict(List.of(large)).get(0));
        }
    }

    @Test
    void hidesThePatchInEveryPlane() {
        TinyModel two = TinyModel.standard().withPlanes(Plane.MEDIAN, Plane.SUM);
        try (StampModel classifier = StampModel.open(two.file());
                Explainer explainer = Explainer.of(classifier, OcclusionSettings.standard(), 64)) {
            OcclusionResult map =
                    explainer.explain(List.of(two.stamp(9, 3))).get(0).map().orElseThrow();
            // Were it hidden in one plane only, the other would still hold the source.
            assertThat(map.positions().at(8, 8)).isGreaterThan(0.5f);
            assertThat(map.apertureShare()).isGreaterThan(0.9f);
        }
    }

    @ParameterizedTest(name = "batches of {0}, {1}")
    @MethodSource("batches")
    void explainsAlikeInBatchesOfAnySize(int batch, Search search) {
        List<Stamp> stamps = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            stamps.add(i % 7 == 3 ? Stamp.of(1, 3, 3, new float[9]) : SlidingModel.stamp(10, 9, i % 6, i));
        }
        OcclusionSettings settings = OcclusionSettings.standard().withSearch(search);
        try (StampModel classifier = StampModel.open(SlidingModel.file(Recipe.ASINH_SNR));
                Explainer one = Explainer.of(classifier, settings, batch);
                Explainer other = Explainer.of(classifier, settings, 300)) {
            List<Explanation> expected = other.explain(stamps);
            for (int i = 0; i < stamps.size(); i++) {
                Explanation alone = one.explain(List.of(stamps.get(i))).get(0);
                assertThat(alone.map().isPresent())
                        .isEqualTo(expected.get(i).map().isPresent());
                if (alone.map().isPresent()) {
                    Grid mine = alone.map().get().pixels();
                    Grid its = expected.get(i).map().orElseThrow().pixels();
                    for (int pixel = 0; pixel < PIXELS; pixel++) {
                        assertThat(mine.at(pixel / SIZE, pixel % SIZE))
                                .isCloseTo(its.at(pixel / SIZE, pixel % SIZE), within(1e-5f));
                    }
                }
            }
        }
    }

    static Stream<Arguments> batches() {
        return Stream.of(1, 7, 64)
                .flatMap(batch -> Stream.of(Search.values()).map(search -> Arguments.of(batch, search)));
    }

    @ParameterizedTest(name = "peak {0} sigma")
    @ValueSource(ints = {0, 2, 3, 4, 6, 12, 50})
    void keepsNearTheWholeMapWhenRefined(int peak) {
        for (long seed = 0; seed < 4; seed++) {
            Stamp stamp = SlidingModel.stamp(11, 9, peak, seed);
            OcclusionResult whole = explain(Recipe.ASINH_SNR, OcclusionSettings.standard(), stamp)
                    .map()
                    .orElseThrow();
            OcclusionResult refined = explain(
                            Recipe.ASINH_SNR, OcclusionSettings.standard().withSearch(Search.REFINED), stamp)
                    .map()
                    .orElseThrow();
            assertThat(refined.passes()).isBetween(25, 289);
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                // The error that docs/lab/2026-11-25-occlusion-maps.md states for all but one map of a hundred.
                assertThat(refined.pixels().at(pixel / SIZE, pixel % SIZE))
                        .isCloseTo(whole.pixels().at(pixel / SIZE, pixel % SIZE), within(0.05f));
            }
        }
    }

    @Test
    void drawsTheSameNoiseForTheSameSeed() {
        Stamp stamp = SlidingModel.stamp(10, 10, 5, 9);
        OcclusionSettings first = OcclusionSettings.standard().withFill(Fill.NOISE, 1);
        OcclusionSettings second = OcclusionSettings.standard().withFill(Fill.NOISE, 2);
        Explanation map = explain(Recipe.ASINH_SNR, first, stamp);
        assertThat(explain(Recipe.ASINH_SNR, first, stamp)).isEqualTo(map);
        assertThat(explain(Recipe.ASINH_SNR, second, stamp)).isNotEqualTo(map);
    }

    @Test
    void showsWhatSpeaksForBogusAboveZero() {
        // Just below the threshold: hiding the source makes BOGUS more certain, so the source speaks against it.
        Stamp faint = SlidingModel.stamp(10, 10, 1.3, 1);
        Explanation explanation = explain(Recipe.ASINH_SNR, OcclusionSettings.standard(), faint);
        assertThat(explanation.prediction().verdict()).isEqualTo(Verdict.BOGUS);
        assertThat(explanation.map().orElseThrow().pixels().at(10, 10)).isNegative();
    }

    private static Explanation explain(Recipe recipe, OcclusionSettings settings, Stamp stamp) {
        try (StampModel classifier = StampModel.open(SlidingModel.file(recipe));
                Explainer explainer = Explainer.of(classifier, settings, Explainer.CPU_BATCH)) {
            return explainer.explain(List.of(stamp)).get(0);
        }
    }

    /** The stamp with its first {@code count} pixels masked, in turn by NaN and by 0. */
    private static Stamp masked(Stamp stamp, int count) {
        float[] pixels = new float[PIXELS];
        stamp.copyTo(pixels, 0);
        for (int i = 0; i < count; i++) {
            pixels[i] = i % 2 == 0 ? 0 : Float.NaN;
        }
        return Stamp.of(1, SIZE, SIZE, pixels);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wrongSettings")
    void refusesSettingsThatMakeNoMap(String name, String sentence, Runnable settings) {
        assertThatIllegalArgumentException().isThrownBy(settings::run).withMessageContaining(sentence);
    }

    static Stream<Arguments> wrongSettings() {
        OcclusionSettings standard = OcclusionSettings.standard();
        return Stream.of(
                wrong("stride 0", "stride must be 1 to the patch of 5", () -> standard.withPatch(5, 0)),
                wrong("stride 6", "every pixel is hidden once, not 6", () -> standard.withPatch(5, 6)),
                wrong("patch 0", "the patch must be 1 pixel or more, not 0", () -> standard.withPatch(0, 1)),
                wrong(
                        "even notebook",
                        "an odd patch",
                        () -> OcclusionSettings.notebook().withPatch(4, 1)),
                wrong(
                        "median notebook",
                        "not fill median",
                        () -> new OcclusionSettings(5, 1, Fill.MEDIAN, 1, Definition.NOTEBOOK, Search.EXHAUSTIVE)));
    }

    private static Arguments wrong(String name, String sentence, Runnable settings) {
        return Arguments.of(name, sentence, settings);
    }
}
