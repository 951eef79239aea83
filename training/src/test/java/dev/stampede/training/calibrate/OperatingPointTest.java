package dev.stampede.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.training.evaluate.ConfusionMatrix;
import dev.stampede.training.evaluate.MetricStatisticTest;
import dev.stampede.training.evaluate.ScoredStamps;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatingPointTest {
    /** Four sources, of which three reach 0, and four bogus stamps, of which one does. */
    private static final Predictions PREDICTIONS = Predictions.of(
            new double[] {3, 2, 1, -1, 0, -2, -3, -4},
            new boolean[] {true, true, true, true, false, false, false, false});

    @Test
    void precisionFollowsFromTheBalance() {
        OperatingPoint point = OperatingPoint.at(RocCurve.of(PREDICTIONS), 0);
        assertThat(point.missedSources()).isEqualTo(0.25);
        assertThat(point.falsePositives()).isEqualTo(0.25);
        assertThat(point.probability()).isEqualTo(0.5);
        assertThat(point.precision().get(0)).isEqualTo(0.75 / (0.75 + 0.25), within(1e-12));
        assertThat(point.precision().get(1)).isEqualTo(0.75 / (0.75 + 12 * 0.25), within(1e-12));
        assertThat(point.precision().get(2)).isEqualTo(0.75 / (0.75 + 30 * 0.25), within(1e-12));
    }

    @Test
    void theConfusionCountsWhatReachesTheThreshold() {
        assertThat(ConfusionMatrix.of(PREDICTIONS, 0)).isEqualTo(new ConfusionMatrix(3, 1, 1, 3));
        assertThat(ConfusionMatrix.of(PREDICTIONS, 0).stamps()).isEqualTo(8);
    }

    @Test
    void theTableGetsStricter() {
        List<OperatingPoint> table = OperatingPoint.table(RocCurve.of(MetricStatisticTest.random(1, 5000)));
        for (int i = 1; i < table.size(); i++) {
            assertThat(table.get(i).falsePositives())
                    .isLessThanOrEqualTo(table.get(i - 1).falsePositives());
            assertThat(table.get(i).missedSources())
                    .isGreaterThanOrEqualTo(table.get(i - 1).missedSources());
        }
        assertThat(table.get(0).falsePositives()).isCloseTo(0.1, within(0.01));
    }

    @Test
    void aTracedCurveRunsFromEndToEnd() {
        RocCurve curve = RocCurve.of(PREDICTIONS);
        assertThat(curve.thresholds())
                .startsWith(3.0)
                .endsWith(-4.0)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @ParameterizedTest(name = "P {0}")
    @ValueSource(floats = {0f, Float.MIN_VALUE, 1e-20f, 0.25f, 0.5f, 0.999f, 1f})
    void everyProbabilityHasFiniteLogOdds(float probability) {
        double logOdds = ScoredStamps.logOdds(probability);
        assertThat(logOdds).isFinite();
        assertThat(1 / (1 + Math.exp(-logOdds))).isCloseTo(probability, within(3e-8));
    }
}
