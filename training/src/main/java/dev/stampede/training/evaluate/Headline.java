package dev.stampede.training.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures by which a model is known, all on examples that were neither fitted nor used to set anything.
 *
 * @param accuracy share of the stamps whose more probable class is the true one
 * @param rocArea area under the ROC curve
 * @param missedSources share of the sources missed where one bogus stamp in a hundred passes
 * @param missedAtThreshold share of the sources missed at the model's threshold
 * @param falseAtThreshold share of the bogus stamps that pass the model's threshold
 * @param logLoss mean of -ln P(true class) of the calibrated probabilities, nats
 */
public record Headline(
        double accuracy,
        double rocArea,
        double missedSources,
        double missedAtThreshold,
        double falseAtThreshold,
        double logLoss) {
    /** The false-positive rate at which missed sources are quoted. */
    public static final double QUOTED_RATE = 1e-2;

    /** Measures {@code predictions}; calibrated; {@code threshold} is in log-odds. */
    public static Headline of(Predictions predictions, double threshold) {
        RocCurve curve = RocCurve.of(predictions);
        return new Headline(
                predictions.accuracy(),
                curve.area(),
                curve.missedSourceRate(curve.threshold(QUOTED_RATE)),
                curve.missedSourceRate(threshold),
                curve.falsePositiveRate(threshold),
                predictions.logLoss(1));
    }

    /** The figures by the names they have in a model file. */
    public Map<String, Double> byName() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("accuracy", accuracy);
        figures.put("roc_auc", rocArea);
        figures.put("missed_source_rate_at_1e-2", missedSources);
        figures.put("missed_source_rate_at_threshold", missedAtThreshold);
        figures.put("false_positive_rate_at_threshold", falseAtThreshold);
        figures.put("log_loss", logLoss);
        return figures;
    }
}
