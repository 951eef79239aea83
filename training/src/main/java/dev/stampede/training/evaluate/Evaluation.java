package dev.stampede.training.evaluate;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.training.calibrate.OperatingPoint;
import dev.stampede.training.calibrate.RocCurve;
import java.util.List;
import java.util.Optional;

/**
 * The evaluation of a model on labelled stamps.
 *
 * @param scored the stamps with the predictions of the model
 * @param threshold the probability from which a stamp is called real
 * @param temperature of the calibration of the model
 * @param metrics with their intervals
 * @param matchedFilter the comparison with the matched filter; empty if the stamps lack something for it
 */
public record Evaluation(
        ScoredStamps scored,
        double threshold,
        double temperature,
        MetricSet metrics,
        Optional<MatchedFilterComparison> matchedFilter) {
    /**
     * Evaluates the model of {@code contract} on the stamps it has scored.
     *
     * @param threshold the probability from which a stamp is called real, 0 to 1
     * @param seed of the bootstrap
     */
    public static Evaluation of(ScoredStamps scored, ModelContract contract, float threshold, long seed) {
        return new Evaluation(
                scored,
                threshold,
                contract.temperature(),
                scored.metrics(ScoredStamps.logOdds(threshold), seed),
                MatchedFilterComparison.of(scored, seed));
    }

    /** What the stamps lack for the comparison with the matched filter; empty if nothing. */
    public Optional<String> matchedFilterObstacle() {
        return MatchedFilterComparison.obstacle(scored);
    }

    /** The confusion matrix at the threshold. */
    public ConfusionMatrix confusion() {
        return ConfusionMatrix.of(scored.predictions(), thresholdLogOdds());
    }

    /** The rates at the threshold. */
    public OperatingPoint atThreshold() {
        return OperatingPoint.at(curve(), thresholdLogOdds());
    }

    /** The rates at other thresholds, in increasing order. */
    public List<OperatingPoint> thresholds() {
        return OperatingPoint.table(curve());
    }

    /** Enough operating points for a chart, in order of decreasing threshold. */
    public List<OperatingPoint> rocPoints() {
        RocCurve curve = curve();
        return curve.thresholds().stream()
                .map(logOdds -> OperatingPoint.at(curve, logOdds))
                .toList();
    }

    private RocCurve curve() {
        return RocCurve.of(scored.predictions());
    }

    /** The expected calibration error without the temperature. */
    public double uncalibratedError() {
        return ReliabilityCurve.error(scored.predictions(), 1 / temperature);
    }

    /** The reliability of the probabilities, with or without the temperature. */
    public List<ReliabilityCurve.Bin> reliability(boolean calibrated) {
        return ReliabilityCurve.bins(scored.predictions(), calibrated ? 1 : 1 / temperature);
    }

    /** Whether a stamp reaches the threshold. */
    public boolean isCalledReal(int prediction) {
        return scored.predictions().logOdds(prediction) >= thresholdLogOdds();
    }

    /**
     * The threshold as log-odds, finite. The conversion is monotonic in the float, so that comparing log-odds gives the
     * same verdicts as comparing probabilities.
     */
    public double thresholdLogOdds() {
        return ScoredStamps.logOdds((float) threshold);
    }
}
