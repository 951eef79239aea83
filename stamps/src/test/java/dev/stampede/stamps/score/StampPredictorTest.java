package dev.stampede.stamps.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampPredictorTest {
    private static final int SIZE = 21;
    private static final int PIXELS = SIZE * SIZE;
    private static final TinyModel MODEL = TinyModel.standard();

    private static StampModel classifier;

    @BeforeAll
    static void open() {
        classifier = StampModel.open(MODEL.file());
    }

    @AfterAll
    static void close() {
        classifier.close();
    }

    @Test
    void saysRealOfASourceAndBogusOfNoise() {
        assertThat(predict(MODEL.stamp(30, 1), MODEL.stamp(0, 2)))
                .extracting(Prediction::verdict)
                .containsExactly(Verdict.REAL, Verdict.BOGUS);
    }

    @Test
    void scoresAsAnIndependentComputationDoes() {
        List<GoldenStamp> golden = MODEL.contract().goldenStamps();
        List<Prediction> judgements =
                predict(golden.stream().map(GoldenStamp::stamp).toArray(Stamp[]::new));
        for (int i = 0; i < golden.size(); i++) {
            // 441 float32 products of order 1, each rounded by 6e-8.
            assertThat(probability(judgements.get(i))).isCloseTo(golden.get(i).probability(), within(1e-5f));
        }
    }

    @Test
    void saysRealFromTheThresholdOn() {
        Stamp stamp = MODEL.stamp(5, 3);
        float probability = probability(predict(stamp).get(0));
        assertThat(verdictAt(probability, stamp)).isEqualTo(Verdict.REAL);
        assertThat(verdictAt(Math.nextUp(probability), stamp)).isEqualTo(Verdict.BOGUS);
    }

    private static Verdict verdictAt(float threshold, Stamp stamp) {
        try (StampModel own = StampModel.open(
                        TinyModel.standard().withThreshold(threshold).file());
                StampPredictor predict = own.newPredictor(1)) {
            return predict.predict(List.of(stamp)).get(0).verdict();
        }
    }

    @Test
    void answersNothingToNothing() {
        assertThat(predict()).isEmpty();
    }

    @Test
    void cropsALargerStampAboutItsCentre() {
        Stamp large = TinyModel.standard().withStampSize(64).stamp(20, 4);
        assertThat(predict(large)).isEqualTo(predict(large.centreCrop(SIZE)));
        assertThat(predict(large)).extracting(Prediction::verdict).containsExactly(Verdict.REAL);
    }

    @Test
    void abstainsWhereAChannelIsMissing() {
        assertAbstains(Abstention.MISSING_PLANE, Stamp.of(2, SIZE, SIZE, new float[2 * PIXELS]));
    }

    @Test
    void abstainsFromAStampSmallerThanTheModel() {
        Stamp small = Stamp.of(1, SIZE - 1, SIZE - 1, new float[(SIZE - 1) * (SIZE - 1)]);
        assertAbstains(Abstention.SMALLER_THAN_MODEL, small);
    }

    @Test
    void fillsAStampUpThatTheEdgeOfADetectorCuts() {
        Stamp wide = MODEL.stamp(30, 1).centrePad(SIZE, SIZE + 4);
        float[] pixels = new float[(SIZE - 3) * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = wide.pixel(0, 1 + i / SIZE, 2 + i % SIZE);
        }
        Stamp cut = Stamp.of(1, SIZE - 3, SIZE, pixels);
        assertThat(predict(cut)).isEqualTo(predict(cut.centrePad(SIZE, SIZE)));
        assertThat(predict(cut)).extracting(Prediction::verdict).containsExactly(Verdict.REAL);
    }

    @Test
    void abstainsFromBlankStamps() {
        assertAbstains(Abstention.BLANK, stamp(i -> 0));
        assertAbstains(Abstention.BLANK, stamp(i -> Double.NaN));
        assertAbstains(Abstention.BLANK, stamp(i -> 7));
        assertAbstains(Abstention.BLANK, stamp(i -> i % 3 == 0 ? 7 : i % 3 == 1 ? 0 : Double.NaN));
    }

    @Test
    void abstainsWhereMoreThanHalfOfThePixelsAreMasked() {
        Stamp noise = MODEL.stamp(0, 5);
        assertThat(predict(masked(noise, 220))).extracting(Prediction::verdict).containsExactly(Verdict.BOGUS);
        assertAbstains(Abstention.TOO_MANY_MASKED_PIXELS, masked(noise, 221));
    }

    @Test
    void abstainsWhereThereIsNoSpreadToMeasureASignalAgainst() {
        assertAbstains(Abstention.NO_SPREAD, stamp(i -> i == 220 ? 50 : 7));
        assertAbstains(Abstention.NO_SPREAD, stamp(i -> i % 5 == 0 ? i + 1 : 7));
    }

    @Test
    void abstainsIfAnyPlaneCannotBeNormalised() {
        TinyModel two = TinyModel.standard().withPlanes(Plane.MEDIAN, Plane.SUM);
        try (StampModel own = StampModel.open(two.file());
                StampPredictor predict = own.newPredictor(4)) {
            Stamp good = two.stamp(20, 6);
            Stamp flatSecond = secondPlane(good, i -> i == 0 ? 8 : 7);
            Stamp blankSecond = secondPlane(good, i -> Double.NaN);
            Stamp maskedSecond = secondPlane(good, i -> i < 300 ? 0 : i);
            assertThat(predict.predict(List.of(good, flatSecond, blankSecond, maskedSecond)))
                    .extracting(prediction -> prediction
                            .abstention()
                            .map(Enum::name)
                            .orElse(prediction.verdict().name()))
                    .containsExactly("REAL", "NO_SPREAD", "BLANK", "TOO_MANY_MASKED_PIXELS");
        }
    }

    @Test
    void measuresWhatItJudges() {
        Prediction prediction = predict(MODEL.stamp(30, 7)).get(0);
        assertThat(prediction.quality().median()).isCloseTo(1000, within(5f));
        assertThat(prediction.quality().sigmaG()).isBetween(8f, 13f);
        assertThat(prediction.quality().maskedFraction()).isZero();
        assertThat(prediction.quality().centroidOffsetPixels()).isLessThan(1);
    }

    @Test
    void measuresAStampThatDoesNotFitTheModelAsItCame() {
        Stamp small = TinyModel.standard().withStampSize(15).stamp(30, 7);
        assertThat(predict(small).get(0).quality()).isEqualTo(PixelQuality.measure(small));
    }

    /** The invariant that lets a stream choose its batches freely. */
    @ParameterizedTest(name = "batches of {0}")
    @ValueSource(ints = {1, 7, 64})
    void judgesAlikeInBatchesOfAnySize(int maxBatch) {
        List<Stamp> stamps = mixedStamps();
        List<Prediction> together;
        try (StampPredictor predict = classifier.newPredictor(stamps.size())) {
            together = predict.predict(stamps);
        }
        try (StampPredictor predict = classifier.newPredictor(maxBatch)) {
            assertAlike(predict.predict(stamps), together);
            assertAlike(predict.predict(stamps.subList(0, 10)), together.subList(0, 10));
            assertAlike(predict.predict(stamps), together);
        }
    }

    /** Sources of every strength with all kinds of stamps that cannot be judged between them. */
    static List<Stamp> mixedStamps() {
        List<Stamp> stamps = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            stamps.add(MODEL.stamp(i % 13, i));
            stamps.addAll(i % 5 == 0 ? List.of(stamp(pixel -> 0), masked(MODEL.stamp(9, i), 300)) : List.of());
        }
        return stamps;
    }

    static void assertAlike(List<Prediction> judgements, List<Prediction> expected) {
        assertThat(judgements).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            Prediction mine = judgements.get(i);
            Prediction other = expected.get(i);
            assertThat(mine.abstention()).isEqualTo(other.abstention());
            assertThat(mine.quality()).isEqualTo(other.quality());
            if (mine instanceof Scored scored) {
                // One matrix product per batch size may sum in another order.
                assertThat(scored.probability()).isCloseTo(probability(other), within(1e-6f));
            }
        }
    }

    private static List<Prediction> predict(Stamp... stamps) {
        try (StampPredictor predict = classifier.newPredictor(8)) {
            return predict.predict(List.of(stamps));
        }
    }

    private static void assertAbstains(Abstention reason, Stamp stamp) {
        Prediction prediction = predict(stamp).get(0);
        assertThat(prediction.verdict()).isEqualTo(Verdict.ABSTAIN);
        assertThat(prediction.abstention()).contains(reason);
    }

    private static float probability(Prediction prediction) {
        return Stream.of(prediction)
                .map(Scored.class::cast)
                .findAny()
                .orElseThrow()
                .probability();
    }

    private static Stamp stamp(IntToDoubleFunction pixel) {
        float[] pixels = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            pixels[i] = (float) pixel.applyAsDouble(i);
        }
        return Stamp.of(1, SIZE, SIZE, pixels);
    }

    /** The stamp with its first {@code count} pixels masked, in turn by NaN and by 0. */
    private static Stamp masked(Stamp stamp, int count) {
        return stamp(i -> i >= count ? stamp.pixel(0, i / SIZE, i % SIZE) : i % 2 == 0 ? 0 : Double.NaN);
    }

    private static Stamp secondPlane(Stamp stamp, IntToDoubleFunction pixel) {
        float[] pixels = new float[2 * PIXELS];
        stamp.copyTo(pixels, 0);
        stamp(pixel).copyTo(pixels, PIXELS);
        return Stamp.of(2, SIZE, SIZE, pixels);
    }
}
