package dev.stampede.stamps.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void isTheMiddleValueOrTheMeanOfTheTwo() {
        assertThat(Percentiles.median(3, 1, 2)).isEqualTo(2);
        assertThat(Percentiles.median(List.of(4, 1, 2, 3))).isEqualTo(2.5);
        assertThat(Percentiles.median()).isNaN();
    }

    @Test
    void interpolatesLikeNumpy() {
        // numpy.percentile([15, 20, 35, 40, 50], [0, 5, 30, 40, 100])
        double[] values = {35, 15, 50, 40, 20};
        assertThat(Percentiles.percentile(0, values)).isEqualTo(15);
        assertThat(Percentiles.percentile(0.05, values)).isCloseTo(16, within(1e-12));
        assertThat(Percentiles.percentile(0.3, values)).isCloseTo(23, within(1e-12));
        assertThat(Percentiles.percentile(0.4, values)).isCloseTo(29, within(1e-12));
        assertThat(Percentiles.percentile(1, values)).isEqualTo(50);
        assertThat(values).as("the argument is not sorted").startsWith(35, 15);
    }

    @Test
    void takesInfinities() {
        assertThat(Percentiles.percentile(0, Double.NEGATIVE_INFINITY, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Percentiles.median(1, 2, Double.POSITIVE_INFINITY)).isEqualTo(2);
    }
}
