package dev.stampede.streaming.review;

import static dev.stampede.streaming.Classifications.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.StampQuality;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.population.Feature;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.streaming.Classifications;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReviewerTest {
    private final Reviewer reviewer = new Reviewer(Optional.empty());

    private static Classification reported(String id, float probability) {
        return Classifications.reported(id, probability, 0);
    }

    private static Classification abstained(String id) {
        return with(with(reported(id, 0.5f), "verdict", Verdict.ABSTAIN), "probability", null);
    }

    @Test
    void leavesAloneWhatNobodyDoubts() {
        assertThat(reviewer.review(reported("sure", 0.99f))).isEmpty();
        assertThat(reviewer.review(abstained("blank"))).isEmpty();
    }

    @Test
    void weighsTheDistanceFromTheThresholdInLogOdds() {
        // 0.7310586 has log-odds of 1, half of the distance that counts.
        assertThat(reviewer.review(reported("near", 0.7310586f)).orElseThrow().reasons())
                .containsOnlyKeys(ReviewReason.UNCERTAIN)
                .hasEntrySatisfying(
                        ReviewReason.UNCERTAIN, weight -> assertThat(weight).isEqualTo(0.5, within(1e-5)));
        assertThat(reviewer.review(reported("at", 0.5f)).orElseThrow().urgency())
                .isEqualTo(1, within(1e-6));
    }

    @Test
    void seesThatAShadowSaysTheOpposite() {
        reviewer.addShadow(reported("opposed", 0.01f));
        reviewer.addShadow(reported("agreed", 0.99f));
        reviewer.addShadow(abstained("silent"));
        assertThat(reviewer.review(reported("opposed", 0.99f)).orElseThrow().reasons())
                .containsOnlyKeys(ReviewReason.SHADOW_DISAGREES);
        assertThat(reviewer.review(reported("agreed", 0.99f))).isEmpty();
        assertThat(reviewer.review(reported("silent", 0.99f))).isEmpty();
    }

    @Test
    void seesThatViewsDiffer() {
        Classification reported = reported("spread", 0.99f);
        assertThat(reviewer.review(with(reported, "probabilitySpread", 0.125f))
                        .orElseThrow()
                        .reasons())
                .containsEntry(ReviewReason.VIEWS_DIFFER, 0.5)
                .hasSize(1);
        assertThat(reviewer.review(with(reported, "probabilitySpread", 0.04f))).isEmpty();
    }

    @Test
    void seesWhatAnExplanationFlags() {
        reviewer.addExplanation(with(reported("flagged", 0.99f), "judgedOnBackground", true));
        assertThat(reviewer.review(reported("flagged", 0.99f)).orElseThrow().reasons())
                .containsOnlyKeys(ReviewReason.JUDGED_ON_BACKGROUND);
    }

    @Test
    void seesAStampFarOutsideOfThoseTheModelWasMeasuredOn() {
        ReferencePopulation.Builder stamps = new ReferencePopulation.Builder();
        for (int i = 0; i < 200; i++) {
            stamps.add(Feature.SIGMA_G, i / 100.0, i % 2 == 0); // deciles from 0.2 to 1.8
        }
        Reviewer knowing = new Reviewer(stamps.build());
        assertThat(knowing.review(withNoise(3.3f))).isEmpty();
        assertThat(knowing.review(withNoise(3.5f)).orElseThrow().reasons()).containsOnlyKeys(ReviewReason.DRIFTED);
    }

    private static Classification withNoise(float sigmaG) {
        return with(reported("noisy", 0.99f), "quality", new StampQuality(0f, sigmaG, 0f, 5f, 0f));
    }

    @Test
    void theShortlistKeepsTheMostUrgentEachOnce() {
        Shortlist shortlist = new Shortlist(2);
        for (float probability : List.of(0.8f, 0.5f, 0.6f, 0.7f)) {
            shortlist.offer(
                    reviewer.review(reported("p" + probability, probability)).orElseThrow());
        }
        shortlist.offer(reviewer.review(reported("p0.5", 0.5f)).orElseThrow());
        assertThat(shortlist.candidates())
                .extracting(candidate -> candidate.reported().getAlertId())
                .containsExactly("p0.5", "p0.6");
    }
}
