package dev.stampede.training.evaluate;

import dev.stampede.training.calibrate.Predictions;
import dev.stampede.training.calibrate.RocCurve;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The metrics in a model file, measured on the test set.
 *
 * @param accuracy share of the stamps whose most probable class is the true one
 * @param rocArea area under the ROC curve
 * @param missedSources share of the sources missed at a false-positive rate of 1 %
 * @param missedAtThreshold share of the sources missed at the model's threshold
 * @param falseAtThreshold share of the bogus stamps that pass the model's threshold
 * @param logLoss mean of -ln P(true class) of the calibrated probabilities, nats
 */
public record HeadlineMetrics(
        double accuracy,
        double rocArea,
        double missedSources,
        double missedAtThreshold,
        double falseAtThreshold,
        double logLoss) {
    /** The false-positive rate at which missed sources are quoted. */
    public static final double QUOTED_RATE = 1e-2;

    /** Measures calibrated {@code predictions}; {@code threshold} is in log-odds. */
    public static HeadlineMetrics of(Predictions predictions, double threshold) {
        RocCurve curve = RocCurve.of(predictions);
        return new HeadlineMetrics(
                predictions.accuracy(),
                curve.area(),
                curve.missedSourceRate(curve.threshold(QUOTED_RATE)),
                curve.missedSourceRate(threshold),
                curve.falsePositiveRate(threshold),
                predictions.logLoss(1));
    }

    /** The metrics by their names in a model file. */
    public Map<String, Double> byName() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", accuracy);
        metrics.put("roc_auc", rocArea);
        metrics.put("missed_source_rate_at_1e-2", missedSources);
        metrics.put("missed_source_rate_at_threshold", missedAtThreshold);
        metrics.put("false_positive_rate_at_threshold", falseAtThreshold);
        metrics.put("log_loss", logLoss);
        return metrics;
    }
}
