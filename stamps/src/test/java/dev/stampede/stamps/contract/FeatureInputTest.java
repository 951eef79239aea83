package dev.stampede.stamps.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** By hand: log10(100) is 2, so (2 - 1) / 0.5 = 2. */
class FeatureInputTest {
    private static final List<ScaledFeature> TAKEN =
            List.of(ScaledFeature.parse("likelihood:log10:1:0.5"), ScaledFeature.parse("obsCount"));
    private static final CandidateFeatures KNOWN = known(100, 12);
    private static final CandidateFeatures PARTIAL = known(100, Double.NaN);

    private static CandidateFeatures known(double likelihood, double obsCount) {
        return CandidateFeatures.builder()
                .set(CandidateFeature.LIKELIHOOD, likelihood)
                .set(CandidateFeature.OBS_COUNT, obsCount)
                .build();
    }

    private static float[] numbers(FeatureEncoding encoding, CandidateFeatures... candidates) {
        FeatureInput input = new FeatureInput("metadata", encoding, TAKEN);
        FloatBuffer numbers = FloatBuffer.allocate(input.width() * candidates.length);
        for (CandidateFeatures candidate : candidates) {
            input.put(candidate, numbers);
        }
        assertThat(numbers.remaining()).isZero();
        return numbers.array();
    }

    @Test
    void masksFollowTheValuesOfACandidate() {
        assertThat(numbers(FeatureEncoding.VALUES_AND_MASKS, PARTIAL, KNOWN)).containsExactly(2, 0, 1, 0, 2, 12, 1, 1);
    }

    @Test
    void valuesStandAlone() {
        assertThat(numbers(FeatureEncoding.VALUES, KNOWN, KNOWN)).containsExactly(2, 12, 2, 12);
    }

    @Test
    void onlyAnInputWithoutMasksNeedsEveryFeature() {
        CandidateFeatures noLogarithm = known(0, Double.NaN);
        assertThat(new FeatureInput("metadata", FeatureEncoding.VALUES_AND_MASKS, TAKEN).missing(noLogarithm))
                .isEmpty();
        FeatureInput values = new FeatureInput("metadata", FeatureEncoding.VALUES, TAKEN);
        assertThat(values.missing(KNOWN)).isEmpty();
        assertThat(values.missing(PARTIAL)).containsExactly(CandidateFeature.OBS_COUNT);
        assertThat(values.missing(noLogarithm))
                .containsExactly(CandidateFeature.LIKELIHOOD, CandidateFeature.OBS_COUNT);
        assertThat(FeatureInput.NONE.missing(noLogarithm)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isReadBackFromAModelFile(FeatureEncoding encoding) {
        FeatureInput input = new FeatureInput("metadata", encoding, TAKEN);
        ModelContract contract = new ModelContract(
                new ModelContract.Identity("a", "1", "network"),
                new ModelContract.Input(List.of(Plane.MEDIAN), 2, input),
                Preprocessing.of(Recipe.NONE),
                ModelContract.Output.uncalibrated(),
                Domain.ofTraining(OptionalDouble.empty()),
                new Evidence(
                        "",
                        Map.of(),
                        false,
                        List.of(new GoldenStamp(
                                Stamp.of(1, 2, 2, new float[] {1, 2, 3, 4}).withFeatures(KNOWN), 0.5f))));
        assertThat(ModelContract.parse(contract.toMetadata())).isEqualTo(contract);
    }
}
