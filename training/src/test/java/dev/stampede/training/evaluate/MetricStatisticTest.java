package dev.stampede.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.calibrate.RocCurve;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class MetricStatisticTest {
    private static final double EXACT = 1e-12;

    @Test
    void agreesWithMetricsComputedByHand() {
        // From the top: real, bogus, real, bogus. Three of four pairs are in order; the precision at the sources is 1
        // and 2/3; with no bogus stamp let through one source of two is kept.
        double[] metrics = all(new double[] {-3, -1, -2, 2}, new boolean[] {false, false, true, true}, -1.5);
        assertThat(metric(metrics, Metric.ROC_AREA)).isEqualTo(0.75, within(EXACT));
        assertThat(metric(metrics, Metric.AVERAGE_PRECISION)).isEqualTo((1 + 2.0 / 3) / 2, within(EXACT));
        assertThat(metric(metrics, Metric.MISSED_AT_1E2)).isEqualTo(0.5, within(EXACT));
        assertThat(metric(metrics, Metric.ACCURACY)).isEqualTo(0.75, within(EXACT));
        assertThat(metric(metrics, Metric.MISSED_AT_THRESHOLD)).isEqualTo(0.5, within(EXACT));
        assertThat(metric(metrics, Metric.FALSE_AT_THRESHOLD)).isEqualTo(0.5, within(EXACT));
    }

    @Test
    void equalScoresPassTogetherAndCountHalf() {
        double[] metrics = all(new double[] {1, 1, 1, 1}, new boolean[] {true, false, true, false}, 1);
        assertThat(metric(metrics, Metric.ROC_AREA)).isEqualTo(0.5, within(EXACT));
        assertThat(metric(metrics, Metric.AVERAGE_PRECISION)).isEqualTo(0.5, within(EXACT));
        assertThat(metric(metrics, Metric.MISSED_AT_1E2)).isEqualTo(1, within(EXACT));
        assertThat(metric(metrics, Metric.MISSED_AT_THRESHOLD)).isZero();
    }

    @Test
    void hasAFalsePositiveRateOfOnePercent() {
        double[] scores = new double[300];
        boolean[] real = new boolean[300];
        for (int i = 0; i < 300; i++) {
            // 200 bogus stamps score 0 to 199; sources lie between 190.5 and 199.5, ten at each half.
            real[i] = i >= 200;
            scores[i] = real[i] ? 190.5 + i % 10 : i;
        }
        double[] metrics = all(scores, real, 0);
        // Two bogus stamps, 198 and 199, may pass at 1 %: what scores above 197 is kept, 197.5, 198.5 and 199.5.
        assertThat(metric(metrics, Metric.MISSED_AT_1E2)).isEqualTo(0.7, within(EXACT));
        // None may pass at 0.1 %: 199.5.
        assertThat(metric(metrics, Metric.MISSED_AT_1E3)).isEqualTo(0.9, within(EXACT));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheRocCurve(long seed) {
        Predictions predictions = random(seed, 2000);
        double[] metrics = new MetricStatistic(predictions, oneEach(predictions), 0.5).of(ones(2000));
        RocCurve curve = RocCurve.of(predictions);
        assertThat(metric(metrics, Metric.ROC_AREA)).isEqualTo(curve.area(), within(1e-9));
        assertThat(metric(metrics, Metric.MISSED_AT_1E2))
                .isEqualTo(curve.missedSourceRate(curve.threshold(1e-2)), within(1e-9));
        assertThat(metric(metrics, Metric.MISSED_AT_1E3))
                .isEqualTo(curve.missedSourceRate(curve.threshold(1e-3)), within(1e-9));
        assertThat(metric(metrics, Metric.MISSED_AT_THRESHOLD)).isEqualTo(curve.missedSourceRate(0.5), within(1e-9));
        assertThat(metric(metrics, Metric.FALSE_AT_THRESHOLD)).isEqualTo(curve.falsePositiveRate(0.5), within(1e-9));
        assertThat(metric(metrics, Metric.ACCURACY)).isEqualTo(predictions.accuracy(), within(1e-9));
        assertThat(metric(metrics, Metric.CALIBRATION_ERROR))
                .isEqualTo(ReliabilityCurve.error(predictions, 1), within(1e-9));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {6, 7, 8})
    void aWeightCountsAsCopies(long seed) {
        Predictions predictions = random(seed, 300);
        int[] weights = new Random(seed).ints(300, 0, 4).toArray();
        double[] scores = new double[Arrays.stream(weights).sum()];
        boolean[] real = new boolean[scores.length];
        int next = 0;
        for (int i = 0; i < 300; i++) {
            for (int copy = 0; copy < weights[i]; copy++) {
                scores[next] = predictions.logOdds(i);
                real[next++] = predictions.isReal(i);
            }
        }
        double[] weighted = new MetricStatistic(predictions, oneEach(predictions), 0).of(weights);
        assertThat(weighted).containsExactly(all(scores, real, 0), within(1e-9));
    }

    @Test
    void comparesAStratumWithAllOfTheOtherClass() {
        Predictions predictions =
                Predictions.of(new double[] {3, -2, 1, 0, -1}, new boolean[] {true, true, true, false, false});
        Stratum faint = Stratum.ofSource(4.5);
        Stratum bright = Stratum.ofSource(30);
        Stratum peak = Stratum.ofBogus("noise_peak");
        Strata strata = Strata.of(List.of(bright, faint, faint, peak, peak));
        assertThat(strata.strata()).containsExactly(faint, bright, peak);
        double[] metrics = new MetricStatistic(predictions, strata, 0).of(ones(5));
        assertThat(stratum(metrics, 0, StratumMetric.ROC_AREA)).isEqualTo(0.5, within(EXACT));
        assertThat(stratum(metrics, 1, StratumMetric.ROC_AREA)).isEqualTo(1, within(EXACT));
        assertThat(stratum(metrics, 2, StratumMetric.ROC_AREA)).isEqualTo(2 / 3.0, within(EXACT));
        assertThat(stratum(metrics, 0, StratumMetric.WRONG_AT_1E2)).isEqualTo(0.5, within(EXACT));
        assertThat(stratum(metrics, 1, StratumMetric.WRONG_AT_1E2)).isZero();
        assertThat(stratum(metrics, 2, StratumMetric.WRONG_AT_1E2)).isZero();
        assertThat(stratum(metrics, 2, StratumMetric.WRONG_AT_THRESHOLD)).isEqualTo(0.5, within(EXACT));
    }

    @Test
    void everySignalToNoiseHasItsRange() {
        assertThat(Stratum.ofSource(3).name()).isEqualTo("below 4");
        assertThat(Stratum.ofSource(5).name()).isEqualTo("5 to 6");
        assertThat(Stratum.ofSource(5.999).name()).isEqualTo("5 to 6");
        assertThat(Stratum.ofSource(1000).name()).isEqualTo("50 and above");
        assertThat(Stratum.ofSource(Double.NaN).name()).isEqualTo("S/N not known");
        assertThat(Stratum.ofBogus("").name()).isEqualTo("kind not known");
    }

    private static double[] all(double[] scores, boolean[] real, double threshold) {
        Predictions predictions = Predictions.of(scores, real);
        return new MetricStatistic(predictions, oneEach(predictions), threshold).of(ones(scores.length));
    }

    private static Strata oneEach(Predictions predictions) {
        Stratum[] strata = new Stratum[predictions.size()];
        Arrays.setAll(strata, i -> predictions.isReal(i) ? Stratum.ofSource(Double.NaN) : Stratum.ofBogus(""));
        return Strata.of(List.of(strata));
    }

    private static int[] ones(int count) {
        return Collections.nCopies(count, 1).stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double metric(double[] metrics, Metric metric) {
        return metrics[metric.index()];
    }

    private static double stratum(double[] metrics, int stratum, StratumMetric metric) {
        return metrics[MetricStatistic.index(stratum, metric)];
    }

    /** Overlapping classes; rounded scores, so that some are equal. */
    public static Predictions random(long seed, int size) {
        Random random = new Random(seed);
        double[] scores = new double[size];
        boolean[] real = new boolean[size];
        for (int i = 0; i < size; i++) {
            real[i] = random.nextInt(3) == 0;
            scores[i] = Math.rint(50 * (random.nextGaussian() + (real[i] ? 1.5 : 0))) / 50;
        }
        return Predictions.of(scores, real);
    }
}
