package dev.stampede.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final int SIZE = 400;

    /** The share of the weight on the first tenth of the examples. */
    private static final Statistic SHARE = weights -> {
        double inside = IntStream.range(0, SIZE / 10).map(i -> weights[i]).sum();
        return new double[] {inside / IntStream.of(weights).sum(), Double.NaN};
    };

    @Test
    void theIntervalOfAShareIsBinomial() {
        ConfidenceInterval share = Bootstrap.over(Collections.nCopies(SIZE, ""))
                .intervals(SHARE, 1)
                .get(0);
        // 1.96 sqrt(p (1 - p) / n); the ends of a thousand resamples scatter by a tenth of that.
        double half = 1.96 * Math.sqrt(0.1 * 0.9 / SIZE);
        assertThat(share.value()).isEqualTo(0.1, within(1e-12));
        assertThat(share.low()).isCloseTo(0.1 - half, within(0.15 * half));
        assertThat(share.high()).isCloseTo(0.1 + half, within(0.15 * half));
    }

    @Test
    void stampsOfOneGroupAreDrawnTogether() {
        List<String> groupsOfFour =
                IntStream.range(0, SIZE).mapToObj(i -> "group " + i / 4).toList();
        ConfidenceInterval share =
                Bootstrap.over(groupsOfFour).intervals(SHARE, 1).get(0);
        // A quarter of the independent draws: twice as wide.
        double width = 2 * 1.96 * 2 * Math.sqrt(0.1 * 0.9 / SIZE);
        assertThat(share.high() - share.low()).isCloseTo(width, within(0.15 * width));
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        Bootstrap bootstrap = Bootstrap.over(Collections.nCopies(SIZE, ""));
        assertThat(bootstrap.intervals(SHARE, 5).get(0))
                .isEqualTo(bootstrap.intervals(SHARE, 5).get(0));
        assertThat(bootstrap.intervals(SHARE, 5).get(0))
                .isNotEqualTo(bootstrap.intervals(SHARE, 6).get(0));
    }

    @Test
    void anUndefinedMetricHasNoInterval() {
        ConfidenceInterval none = Bootstrap.over(Collections.nCopies(SIZE, ""))
                .intervals(SHARE, 1)
                .get(1);
        assertThat(none.value()).isNaN();
        assertThat(none.low()).isNaN();
    }

    @Test
    void percentilesAreLinearBetweenRanks() {
        double[] hundredAndOne = IntStream.rangeClosed(0, 100).asDoubleStream().toArray();
        assertThat(ConfidenceInterval.of(50, hundredAndOne)).isEqualTo(new ConfidenceInterval(50, 2.5, 97.5));
    }
}
