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

    private static Classification said(String id, float probability) {
        return Classifications.said(id, probability, 0);
    }

    private static Classification abstained(String id) {
        return with(with(said(id, 0.5f), "verdict", Verdict.ABSTAIN), "probability", null);
    }

    @Test
    void leavesAloneWhatNobodyDoubts() {
        assertThat(reviewer.review(said("sure", 0.99f))).isEmpty();
        assertThat(reviewer.review(abstained("blank"))).isEmpty();
    }

    @Test
    void weighsTheDistanceFromTheThresholdInLogOdds() {
        // 0.7310586 has log-odds of 1, half of the distance that counts.
        assertThat(reviewer.review(said("near", 0.7310586f)).orElseThrow().concerns())
                .containsOnlyKeys(Concern.UNCERTAIN)
                .hasEntrySatisfying(
                        Concern.UNCERTAIN, weight -> assertThat(weight).isEqualTo(0.5, within(1e-5)));
        assertThat(reviewer.review(said("at", 0.5f)).orElseThrow().urgency()).isEqualTo(1, within(1e-6));
    }

    @Test
    void seesThatAShadowSaysTheOpposite() {
        reviewer.addShadow(said("opposed", 0.01f));
        reviewer.addShadow(said("agreed", 0.99f));
        reviewer.addShadow(abstained("silent"));
        assertThat(reviewer.review(said("opposed", 0.99f)).orElseThrow().concerns())
                .containsOnlyKeys(Concern.SHADOW_DISAGREES);
        assertThat(reviewer.review(said("agreed", 0.99f))).isEmpty();
        assertThat(reviewer.review(said("silent", 0.99f))).isEmpty();
    }

    @Test
    void seesThatViewsDiffer() {
        Classification said = said("spread", 0.99f);
        assertThat(reviewer.review(with(said, "probabilitySpread", 0.125f))
                        .orElseThrow()
                        .concerns())
                .containsEntry(Concern.VIEWS_DIFFER, 0.5)
                .hasSize(1);
        assertThat(reviewer.review(with(said, "probabilitySpread", 0.04f))).isEmpty();
    }

    @Test
    void seesWhatAnExplanationFlags() {
        reviewer.addExplanation(with(said("flagged", 0.99f), "judgedOnBackground", true));
        assertThat(reviewer.review(said("flagged", 0.99f)).orElseThrow().concerns())
                .containsOnlyKeys(Concern.JUDGED_ON_BACKGROUND);
    }

    @Test
    void seesAStampFarOutsideOfThoseTheModelWasMeasuredOn() {
        ReferencePopulation.Builder stamps = new ReferencePopulation.Builder();
        for (int i = 0; i < 200; i++) {
            stamps.add(Feature.SIGMA_G, i / 100.0, i % 2 == 0); // deciles from 0.2 to 1.8
        }
        Reviewer knowing = new Reviewer(stamps.build());
        assertThat(knowing.review(withNoise(3.3f))).isEmpty();
        assertThat(knowing.review(withNoise(3.5f)).orElseThrow().concerns()).containsOnlyKeys(Concern.DRIFTED);
    }

    private static Classification withNoise(float sigmaG) {
        return with(said("noisy", 0.99f), "quality", new StampQuality(0f, sigmaG, 0f, 5f, 0f));
    }

    @Test
    void theShortlistKeepsTheMostUrgentEachOnce() {
        Shortlist shortlist = new Shortlist(2);
        for (float probability : List.of(0.8f, 0.5f, 0.6f, 0.7f)) {
            shortlist.offer(
                    reviewer.review(said("p" + probability, probability)).orElseThrow());
        }
        shortlist.offer(reviewer.review(said("p0.5", 0.5f)).orElseThrow());
        assertThat(shortlist.candidates())
                .extracting(candidate -> candidate.said().getAlertId())
                .containsExactly("p0.5", "p0.6");
    }
}
