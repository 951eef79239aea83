package dev.stampede.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocCurveTest {
    /** Real 1, 2, 4; bogus 0, 2, 3. */
    private static final RocCurve SMALL = RocCurve.of(
            Predictions.of(new double[] {1, 0, 2, 2, 4, 3}, new boolean[] {true, false, true, false, true, false}));

    @Test
    void theAreaCountsPairsAndHalfOfTies() {
        // Real 1 is above 0; real 2 above 0 and level with 2; real 4 above all three: 1 + 1.5 + 3 of 9 pairs.
        assertThat(SMALL.area()).isCloseTo(5.5 / 9, offset(1e-12));
    }

    @Test
    void theThresholdLetsNoMoreThroughThanAsked() {
        // None may pass: midway between bogus 3 and real 4.
        assertThat(SMALL.threshold(0)).isEqualTo(3.5);
        // One of three may: above bogus 2, below bogus 3.
        assertThat(SMALL.threshold(0.34)).isEqualTo(2.5);
        assertThat(SMALL.threshold(1)).isLessThan(0);
    }

    @Test
    void ratesCountFromTheThresholdOn() {
        assertThat(SMALL.missedSourceRate(2)).isCloseTo(1.0 / 3, offset(1e-12));
        assertThat(SMALL.missedSourceRate(2.5)).isCloseTo(2.0 / 3, offset(1e-12));
        assertThat(SMALL.falsePositiveRate(2)).isCloseTo(2.0 / 3, offset(1e-12));
        assertThat(SMALL.falsePositiveRate(3.5)).isZero();
    }

    @Test
    void aThresholdAboveAllIsFoundWhereTheBrightestIsBogus() {
        RocCurve curve = RocCurve.of(Predictions.of(new double[] {1, 5}, new boolean[] {true, false}));
        assertThat(curve.falsePositiveRate(curve.threshold(0.01))).isZero();
        assertThat(curve.area()).isZero();
    }

    @Test
    void needsBothClasses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RocCurve.of(Predictions.of(new double[] {1}, new boolean[] {true})));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void agreesWithCountingEveryPairAndEveryThreshold(long seed) {
        Random random = new Random(seed);
        double[] scores = new double[300];
        boolean[] real = new boolean[300];
        for (int i = 0; i < scores.length; i++) {
            real[i] = random.nextInt(3) == 0;
            scores[i] = Math.round(10 * (random.nextGaussian() + (real[i] ? 1 : 0))) / 10.0;
        }
        RocCurve curve = RocCurve.of(Predictions.of(scores, real));
        double pairs = 0;
        double above = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (real[i] && !real[j]) {
                    pairs++;
                    above += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        assertThat(curve.area()).isCloseTo(above / pairs, offset(1e-12));
        double threshold = curve.threshold(0.05);
        assertThat(curve.falsePositiveRate(threshold)).isLessThanOrEqualTo(0.05);
        // The scores lie on a grid of 0.1: one step lower would let too many through.
        assertThat(curve.falsePositiveRate(threshold - 0.1)).isGreaterThan(0.05);
    }
}
