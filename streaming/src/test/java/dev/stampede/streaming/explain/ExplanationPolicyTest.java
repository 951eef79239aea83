package dev.stampede.streaming.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.stamps.stamp.PixelQuality;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationPolicyTest {
    private static final float THRESHOLD = 0.5f;
    private static final PixelQuality QUALITY = new PixelQuality(1, 2, 0, 3, 4);

    @ParameterizedTest(name = "{0}: probability {1}, asked {2}: {3}")
    @CsvSource({
        "NONE, 0.9, true, false",
        "REQUESTED, 0.9, false, false",
        "REQUESTED, 0.1, true, true",
        "REAL, 0.9, false, true",
        "REAL, 0.1, false, false",
        "REAL, 0.1, true, true",
        "UNCERTAIN, 0.9, false, false",
        "UNCERTAIN, 0.9, true, true",
        "UNCERTAIN, 0.625, false, true",
        "UNCERTAIN, 0.375, false, true",
        "UNCERTAIN, 0.626, false, false",
        "UNCERTAIN, 0.374, false, false",
        "ALL, 0.1, false, true",
    })
    void wants(ExplanationPolicy policy, float probability, boolean asked, boolean wanted) {
        ExplanationSettings settings = new ExplanationSettings(
                policy, ExplanationDelivery.TOPIC, 0.125, 0.5, 1, 1, OcclusionSettings.standard());
        Verdict verdict = probability >= THRESHOLD ? Verdict.REAL : Verdict.BOGUS;
        assertThat(settings.wants(new Scored(probability, verdict, QUALITY), asked, THRESHOLD))
                .isEqualTo(wanted);
    }
}
