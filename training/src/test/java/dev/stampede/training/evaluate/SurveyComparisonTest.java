package dev.stampede.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SurveyComparisonTest {
    private static final List<Double> CUTS = List.of(0.5, 0.8);

    private static SurveyCandidate candidate(String band, double signalToNoise, double score, double probability) {
        SurveyCandidate.Verdict verdict = Double.isNaN(probability)
                ? SurveyCandidate.Verdict.ABSTAIN
                : probability >= 0.5 ? SurveyCandidate.Verdict.REAL : SurveyCandidate.Verdict.BOGUS;
        return new SurveyCandidate(0, band, signalToNoise, Double.NaN, Optional.of(false), score, probability, verdict);
    }

    @Test
    void givesTiedValuesTheMeanOfTheirRanks() {
        // Ranks 1, 2.5, 2.5, 4 and 2, 1, 3, 4; scipy.stats.spearmanr gives 0.6324555.
        assertThat(RankCorrelation.of(List.of(1.0, 2.0, 2.0, 3.0), List.of(20.0, 10.0, 30.0, 40.0)))
                .isEqualTo(3 / Math.sqrt(4.5 * 5), within(1e-12));
        assertThat(RankCorrelation.of(List.of(1.0, 2.0, 5.0), List.of(-1.0, -4.0, -9.0)))
                .isEqualTo(-1, within(1e-12));
        assertThat(RankCorrelation.of(List.of(1.0, 1.0), List.of(1.0, 2.0))).isNaN();
    }

    @Test
    void countsTheVerdictsOnBothSidesOfEachCut() {
        SurveyComparison comparison = SurveyComparison.of(
                List.of(
                        candidate("r", 8, 0.9, 0.99),
                        candidate("r", 8, 0.85, 0.4),
                        candidate("r", 8, 0.6, 0.7),
                        candidate("r", 8, 0.1, 0.8),
                        candidate("r", 8, 0.2, 0.1),
                        candidate("r", 8, Double.NaN, 0.1),
                        candidate("r", 8, 0.7, Double.NaN)),
                CUTS);
        assertThat(comparison.candidates()).isEqualTo(7);
        assertThat(comparison.withoutScore()).isEqualTo(1);
        assertThat(comparison.abstentions()).isEqualTo(1);
        assertThat(comparison.cuts())
                .containsExactly(new SurveyComparison.Cut(0.5, 3, 2, 2, 1), new SurveyComparison.Cut(0.8, 2, 1, 3, 2));
        // Of the six pairs across 0.5, the probabilities order four: all of 0.99 and 0.1, not 0.4 and 0.7 above 0.8.
        assertThat(comparison.groups().get(0).areas().get(0)).isEqualTo(4 / 6.0, within(1e-12));
        assertThat(comparison.disagreements())
                .extracting(SurveyCandidate::surveyScore)
                .containsExactly(0.1, 0.85);
    }

    @Test
    void dividesByBandAndSignalToNoiseAsFarAsThereAreSeveral() {
        List<SurveyCandidate> candidates = List.of(
                candidate("g", 6, 0.9, 0.9),
                candidate("g", 60, 0.3, 0.2),
                candidate("", 60, 0.9, 0.9),
                candidate("g", Double.NaN, 0.6, 0.4));
        assertThat(SurveyComparison.of(candidates, CUTS).groups())
                .extracting(SurveyComparison.Group::name, SurveyComparison.Group::count)
                .containsExactly(
                        tuple("all", 4),
                        tuple("band unknown", 1),
                        tuple("band g", 3),
                        tuple("S/N 5 to 7", 1),
                        tuple("S/N from 50", 2),
                        tuple("S/N unknown or below 0", 1));
        assertThat(SurveyComparison.of(candidates.subList(0, 1), CUTS).groups())
                .singleElement()
                .satisfies(group -> assertThat(group.areas()).containsOnly(Double.NaN));
    }

    @Test
    void dividesByWholeMagnitudes() {
        List<SurveyCandidate> candidates = Stream.of(19.2, 18.9, 18.1, Double.NaN)
                .map(magnitude -> new SurveyCandidate(
                        0, "g", 6, magnitude, Optional.of(false), 0.9, 0.9, SurveyCandidate.Verdict.REAL))
                .toList();
        assertThat(SurveyComparison.of(candidates, CUTS).groups())
                .extracting(SurveyComparison.Group::name, SurveyComparison.Group::count)
                .containsExactly(
                        tuple("all", 4),
                        tuple("magnitude 18 to 19", 2),
                        tuple("magnitude 19 to 20", 1),
                        tuple("magnitude unknown", 1));
    }
}
