package dev.stampede.stamps.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.stamp.Plane;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulationSettingsTest {
    private static final SimulationSettings STANDARD = SimulationSettings.standard();

    @Test
    void makesHalfOfTheCandidatesRealUnlessToldOtherwise() {
        assertThat(STANDARD.share(CandidateKind.POINT_SOURCE)).isEqualTo(0.5);
        assertThat(STANDARD.planes()).containsExactly(Plane.MEDIAN);
    }

    @Test
    void keepsTheProportionsOfTheBogusWhenTheRealShareChanges() {
        SimulationSettings rare = STANDARD.withRealShare(0.1);
        assertThat(rare.share(CandidateKind.NOISE_PEAK)).isCloseTo(0.9 * 0.6, within(1e-12));
        assertThat(rare.share(CandidateKind.MASKED) + rare.share(CandidateKind.BLANK))
                .as("a tenth to a fifth of the bogus cannot be judged")
                .isBetween(0.09, 0.18);
    }

    @Test
    void dealsOutTheBogusByTheirWeights() {
        SimulationSettings streaky = STANDARD.withRealShare(0.2)
                .withBogusWeights(Map.of(CandidateKind.STREAK, 3.0, CandidateKind.NOISE_PEAK, 5.0));
        assertThat(streaky.share(CandidateKind.POINT_SOURCE)).isEqualTo(0.2);
        assertThat(streaky.share(CandidateKind.STREAK)).isCloseTo(0.3, within(1e-12));
        assertThat(streaky.share(CandidateKind.NOISE_PEAK)).isCloseTo(0.5, within(1e-12));
        assertThat(streaky.share(CandidateKind.BLANK)).isZero();
    }

    @Test
    void refusesWeightsOfTheBogusThatDealOutNothing() {
        assertThatThrownBy(() -> STANDARD.withBogusWeights(Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> STANDARD.withBogusWeights(Map.of(CandidateKind.STREAK, -1.0)))
                .hasMessageContaining("STREAK=-1.0");
        assertThatThrownBy(() -> STANDARD.withBogusWeights(Map.of(CandidateKind.POINT_SOURCE, 1.0)))
                .hasMessageContaining("not real");
        assertThatThrownBy(() -> STANDARD.withBogusWeights(Map.of(CandidateKind.STREAK, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesSharesThatDoNotAddUpToOne() {
        assertThatThrownBy(() ->
                        new SimulationSettings(List.of(Plane.MEDIAN), 21, Map.of(CandidateKind.STREAK, 0.4), 3, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.4");
        assertThatThrownBy(() -> STANDARD.withRealShare(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> STANDARD.withRealShare(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNoCoaddAndACoaddTwice() {
        assertThatThrownBy(() -> STANDARD.withPlanes(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> STANDARD.withPlanes(List.of(Plane.SUM, Plane.SUM)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesCoaddsNextToCutoutsAndSizesItCannotMake() {
        assertThatThrownBy(() -> STANDARD.withPlanes(List.of(Plane.MEDIAN, Plane.DIFFERENCE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not of both: median,difference");
        for (int size : new int[] {9, 20, 257}) {
            assertThatThrownBy(() -> STANDARD.withSize(size))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("odd and 11 to 255 pixels, not " + size);
        }
    }

    @Test
    void refusesARangeOfSignalToNoiseThatIsEmptyOrNotPositive() {
        assertThatThrownBy(() -> STANDARD.withSignalToNoise(0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> STANDARD.withSignalToNoise(9, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> STANDARD.withSignalToNoise(Double.NaN, 5))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
