package dev.stampede.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.training.calibrate.Predictions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReliabilityCurveTest {
    @Test
    void theErrorIsTheMeanGapOfTheBins() {
        // Two stamps at 0.2, one of them real; two at 0.9, both real: gaps of 0.3 and 0.1.
        Predictions predictions = Predictions.of(
                new double[] {logOdds(0.2), logOdds(0.2), logOdds(0.9), logOdds(0.9)},
                new boolean[] {true, false, true, true});
        List<ReliabilityCurve.Bin> bins = ReliabilityCurve.bins(predictions, 1);
        assertThat(bins).hasSize(2);
        assertThat(bins.get(0).probability()).isCloseTo(0.2, within(1e-6));
        assertThat(bins.get(0).realShare()).isEqualTo(0.5);
        assertThat(bins.get(1).stamps()).isEqualTo(2);
        assertThat(ReliabilityCurve.error(predictions, 1)).isCloseTo(0.2, within(1e-6));
    }

    @Test
    void temperatureUndoesOverconfidence() {
        Random random = new Random(3);
        double[] scores = new double[20_000];
        boolean[] real = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            double honest = 2 * random.nextGaussian();
            real[i] = random.nextDouble() < 1 / (1 + Math.exp(-honest));
            scores[i] = 3 * honest;
        }
        Predictions overconfident = Predictions.of(scores, real);
        assertThat(ReliabilityCurve.error(overconfident, 1)).isGreaterThan(0.08);
        // 15 bins of some 1,300 stamps: each share is known to about 0.01.
        assertThat(ReliabilityCurve.error(overconfident, 3)).isLessThan(0.02);
    }

    private static double logOdds(double probability) {
        return Math.log(probability / (1 - probability));
    }
}
