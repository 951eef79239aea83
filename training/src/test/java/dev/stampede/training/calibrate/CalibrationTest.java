package dev.stampede.training.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import dev.stampede.training.evaluate.HeadlineMetrics;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(doubles = {0.5, 1, 3})
    void findsTheTemperatureThatTheLabelsWereDrawnWith(double temperature) {
        Random random = new Random(9);
        double[] logOdds = new double[20_000];
        boolean[] real = new boolean[logOdds.length];
        for (int i = 0; i < logOdds.length; i++) {
            logOdds[i] = 4 * random.nextGaussian();
            real[i] = random.nextDouble() < 1 / (1 + Math.exp(-logOdds[i] / temperature));
        }
        // The estimate has a standard deviation of some 2 % with so many labels.
        Predictions predictions = Predictions.of(logOdds, real);
        assertThat(Calibration.temperature(predictions::logLoss) / temperature).isCloseTo(1, offset(0.08));
    }

    @Test
    void logLossIsTheMeanOfTheLogarithms() {
        Predictions predictions = Predictions.of(new double[] {Math.log(3), -2000}, new boolean[] {true, true});
        // -ln(3/4), and 2000 without overflow.
        assertThat(predictions.logLoss(1)).isCloseTo((Math.log(4.0 / 3) + 2000) / 2, offset(1e-9));
        assertThat(predictions.accuracy()).isEqualTo(0.5);
    }

    @Test
    void probabilitiesAreThoseOfTheDividedLogOdds() {
        Predictions predictions = Predictions.of(new double[] {2 * Math.log(3)}, new boolean[] {true});
        assertThat(predictions.probability(0, 2)).isCloseTo(0.75f, offset(1e-6f));
    }

    @Test
    void aPartKeepsItsLabels() {
        Predictions part = Predictions.of(new double[] {1, 2, 3}, new boolean[] {true, false, true})
                .only(i -> i > 0);
        assertThat(part.size()).isEqualTo(2);
        assertThat(part.logOdds(0)).isEqualTo(2);
        assertThat(part.isReal(0)).isFalse();
        assertThat(part.isReal(1)).isTrue();
    }

    @Test
    void everyPredictionNeedsItsLabel() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Predictions.of(new double[] {1}, new boolean[] {true, false}));
    }

    @Test
    void headlineMetricsHaveTheirNames() {
        HeadlineMetrics headline = HeadlineMetrics.of(
                Predictions.of(new double[] {-1, 1, 2, 3}, new boolean[] {false, true, false, true}), 1.5);
        assertThat(headline.byName())
                .containsEntry("accuracy", 0.75)
                .containsEntry("roc_auc", 0.75)
                .containsEntry("missed_source_rate_at_1e-2", 0.5)
                .containsEntry("missed_source_rate_at_threshold", 0.5)
                .containsEntry("false_positive_rate_at_threshold", 0.5)
                .containsKey("log_loss");
    }
}
