package dev.stampede.stamps.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ScaledFeature;
import dev.stampede.stamps.contract.ScaledFeature.Transform;
import dev.stampede.stamps.explain.Explainer;
import dev.stampede.stamps.explain.Explanation;
import dev.stampede.stamps.explain.Grid;
import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.explain.Views;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Stamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that takes features, whose logit is that of the stamp plus the scaled features. */
class FeatureModelTest {
    private static final ScaledFeature LIKELIHOOD =
            new ScaledFeature(CandidateFeature.LIKELIHOOD, Transform.LOG10, 1, 0.5);
    private static final ScaledFeature SPEED = new ScaledFeature(CandidateFeature.SPEED, Transform.LINEAR, 200, 100);
    private static final Stamp STAMP = model().stamp(5, 3);

    private static TinyModel model() {
        return TinyModel.standard().withFeatures(LIKELIHOOD, SPEED);
    }

    private static CandidateFeatures known(double likelihood, double speed) {
        return CandidateFeatures.builder()
                .set(CandidateFeature.LIKELIHOOD, likelihood)
                .set(CandidateFeature.SPEED, speed)
                .build();
    }

    private static double logit(Prediction prediction) {
        double probability = ((Scored) prediction).probability();
        return Math.log(probability / (1 - probability));
    }

    @Test
    void readsItsContractBackBitByBit() {
        ModelContract contract = model().contract();
        assertThat(ModelContract.parse(contract.toMetadata())).isEqualTo(contract);
        assertThat(contract.goldenStamps())
                .extracting(golden -> golden.stamp().features().has(CandidateFeature.SPEED))
                .contains(true, false);
    }

    @Test
    void aModelOfStampsAloneHasNoEntryOfFeatures() {
        assertThat(TinyModel.standard().contract().toMetadata().keySet()).noneMatch(key -> key.contains("feature"));
    }

    /** By hand: log10(100) is 2, so (2 - 1) / 0.5 = 2; (350 - 200) / 100 = 1.5. What is unknown or has no logarithm adds 0. */
    @ParameterizedTest(name = "likelihood {0}, speed {1}")
    @CsvSource({
        "100, 350, 3.5",
        "100, NaN, 2",
        "NaN, 350, 1.5",
        "NaN, NaN, 0",
        "0, 350, 1.5",
        "-3, 350, 1.5",
        "Infinity, 350, 1.5"
    })
    void addsWhatIsKnownAndMasksTheRest(double likelihood, double speed, double added) {
        try (StampModel model = StampModel.open(model().file());
                StampPredictor predictor = model.newPredictor(2)) {
            List<Prediction> predictions =
                    predictor.predict(List.of(STAMP, STAMP.withFeatures(known(likelihood, speed)), STAMP));
            assertThat(logit(predictions.get(1)) - logit(predictions.get(0))).isCloseTo(added, offset(1e-4));
            assertThat(predictions.get(2))
                    .as("the features of another candidate")
                    .isEqualTo(predictions.get(0));
        }
    }

    @Test
    void everyViewOfAStampHasItsFeatures() {
        Stamp known = STAMP.withFeatures(known(100, 350));
        try (StampModel model = StampModel.open(model().file());
                StampPredictor predictor = model.newPredictor(1);
                Views views = Views.of(model, 1)) {
            assertThat(logit(views.predict(List.of(known)).get(0)))
                    .isCloseTo(logit(predictor.predict(List.of(known)).get(0)), offset(1e-3));
        }
    }

    /** A patch changes the pixels alone, so an occluded stamp without any light keeps the logit of the features. */
    @Test
    void anExplanationKeepsTheFeaturesOfItsCandidate() {
        Stamp known = STAMP.withFeatures(known(1e4, 900));
        try (StampModel model = StampModel.open(model().file());
                StampPredictor predictor = model.newPredictor(2);
                Explainer explainer = Explainer.of(model, OcclusionSettings.standard(), Explainer.CPU_BATCH)) {
            List<Explanation> both = explainer.explain(List.of(known, STAMP));
            assertThat(both).extracting(Explanation::prediction).isEqualTo(predictor.predict(List.of(known, STAMP)));
            // The features alone decide: hiding the source changes nothing there, but it does without them.
            assertThat(max(both.get(1))).isGreaterThan(0.03f);
            assertThat(max(both.get(0))).isLessThan(max(both.get(1)) / 100);
        }
    }

    private static float max(Explanation explanation) {
        Grid pixels = explanation.map().orElseThrow().pixels();
        float max = 0;
        for (int row = 0; row < pixels.rows(); row++) {
            for (int column = 0; column < pixels.columns(); column++) {
                max = Math.max(max, pixels.at(row, column));
            }
        }
        return max;
    }

    @Test
    void refusesAGraphOfAnotherNumberOfFeatures() {
        assertThatThrownBy(() -> StampModel.open(model().withWiderFeatures().file()))
                .isInstanceOf(ModelVerificationException.class)
                .hasMessageContainingAll("check of the input of features", "features float32 or float16 [-1, 4]");
    }

    @Test
    void refusesAGraphWithoutTheFeaturesOfItsContract() {
        Map<String, String> entries = new LinkedHashMap<>(model().contract().toMetadata());
        TinyModel plain = TinyModel.standard();
        entries.forEach(plain::withEntry);
        assertThatThrownBy(() -> StampModel.open(plain.file()))
                .isInstanceOf(ModelVerificationException.class)
                .hasMessageContainingAll("check of the input", "[stamps]", "features [-1, 4]");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            stampede.features        | colour:linear:0:1       | is no feature; the known ones are likelihood, obsCount
            stampede.features        | speed:sqrt:0:1          | linear, log10
            stampede.features        | speed:linear:0          | FEATURE:TRANSFORM:OFFSET:SCALE
            stampede.features        | speed:linear:zero:1     | FEATURE:TRANSFORM:OFFSET:SCALE
            stampede.features        | speed:linear:0:0,likelihood:log10:0:1 | above 0
            stampede.features        | speed:linear:NaN:1      | finite
            stampede.features        | speed:linear:0:1,speed:log10:0:1 | named twice
            stampede.features_tensor | stamps                  | both the input tensor
            stampede.features_tensor | ' '                     | is blank
            stampede.golden_features | AAAA                    | float32
            stampede.golden_features | AACAPw==                | 2 features of each of 5 golden stamps
            """)
    void refusesAWrongEntryAndSaysWhy(String key, String value, String why) {
        Map<String, String> metadata = new LinkedHashMap<>(model().contract().toMetadata());
        metadata.put(key, value);
        assertThatThrownBy(() -> ModelContract.parse(metadata))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContainingAll(why, "./stampede train");
    }
}
