package dev.stampede.streaming.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.streaming.Classifications;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ShadowComparisonTest {
    private static final String SHADOW = "a".repeat(64);
    private static final String LIVE = "b".repeat(64);

    private static Classification of(String model, String alert, Verdict verdict, float probability) {
        Classification classification = Classifications.reported(alert, probability, 0);
        Classifications.with(classification, "verdict", verdict);
        return Classifications.with(classification, "modelSha256", model);
    }

    @Test
    void comparesTheVerdictsOfBothModelsOnEachAlertOnce() {
        ShadowComparison comparison = new ShadowComparison(SHADOW, 100);
        comparison.addShadow(of(SHADOW, "same", Verdict.REAL, 0.9f));
        comparison.addShadow(of(SHADOW, "other", Verdict.REAL, 0.7f));
        comparison.addShadow(of(SHADOW, "not yet classified by the live model", Verdict.REAL, 0.9f));
        comparison.addShadow(of(LIVE, "of another shadow", Verdict.REAL, 0.9f));
        comparison.addLive(of(LIVE, "same", Verdict.REAL, 0.8f));
        comparison.addLive(of(LIVE, "same", Verdict.REAL, 0.8f));
        comparison.addLive(of(LIVE, "other", Verdict.BOGUS, 0.4f));
        comparison.addLive(of(LIVE, "of another shadow", Verdict.BOGUS, 0.4f));

        ShadowComparison.Result result = comparison.result();
        assertThat(result.alerts()).isEqualTo(2);
        assertThat(result.agreeing()).isEqualTo(1);
        assertThat(result.realByLive()).isEqualTo(1);
        assertThat(result.realByShadow()).isEqualTo(2);
        assertThat(result.meanProbabilityDifference()).isEqualTo((0.1 + 0.3) / 2, Offset.offset(1e-6));
    }

    @Test
    void anAbstentionIsAVerdictWithoutAProbability() {
        ShadowComparison comparison = new ShadowComparison(SHADOW, 100);
        Classification abstention = of(SHADOW, "blank", Verdict.ABSTAIN, 0);
        comparison.addShadow(Classifications.with(abstention, "probability", null));
        comparison.addLive(of(LIVE, "blank", Verdict.BOGUS, 0.4f));
        assertThat(comparison.result()).isEqualTo(new ShadowComparison.Result(SHADOW, 1, 0, 0, 0, 0));
    }

    @Test
    void comparesNoMoreAlertsThanItMayHold() {
        ShadowComparison comparison = new ShadowComparison(SHADOW, 1);
        for (String alert : new String[] {"1", "2"}) {
            comparison.addShadow(of(SHADOW, alert, Verdict.REAL, 0.9f));
        }
        for (String alert : new String[] {"1", "2"}) {
            comparison.addLive(of(LIVE, alert, Verdict.REAL, 0.9f));
        }
        assertThat(comparison.result().alerts()).isEqualTo(1);
    }
}
