package dev.stampede.training.evaluate;

import dev.stampede.stamps.contract.ModelContract;
import java.util.List;
import java.util.Optional;

/**
 * All that is measured of a model on labelled stamps.
 *
 * @param judged the stamps and what the model says of them
 * @param threshold the probability from which a stamp is called real
 * @param temperature by which the model's log-odds were divided
 * @param figures the figures with their intervals
 * @param confusion the counts at the threshold
 * @param atThreshold what the threshold gives
 * @param thresholds what other thresholds would give, lenient ones first
 * @param bound what is possible against noise; empty where the truth of the stamps does not tell
 */
public record Evaluation(
        JudgedStamps judged,
        double threshold,
        double temperature,
        Figures figures,
        Confusion confusion,
        OperatingPoint atThreshold,
        List<OperatingPoint> thresholds,
        Optional<ClassicalBound> bound) {
    public Evaluation {
        thresholds = List.copyOf(thresholds);
    }

    /**
     * Measures the model of {@code contract} on the stamps it has judged.
     *
     * @param threshold the probability from which a stamp is called real, 0 to 1
     * @param seed of the bootstrap
     */
    public static Evaluation of(JudgedStamps judged, ModelContract contract, float threshold, long seed) {
        // Monotonic in the float, so that the comparison is the scorer's: what equals the threshold reaches it.
        double logOdds = JudgedStamps.logOdds(threshold);
        RocCurve curve = RocCurve.of(judged.predictions());
        return new Evaluation(
                judged,
                threshold,
                contract.temperature(),
                judged.figures(logOdds, seed),
                Confusion.of(judged.predictions(), logOdds),
                OperatingPoint.at(curve, logOdds),
                OperatingPoint.table(curve),
                ClassicalBound.of(judged, seed));
    }

    /** The expected calibration error that the model would have without its temperature. */
    public double calibrationErrorBefore() {
        return Reliability.error(judged.predictions(), 1 / temperature);
    }

    /** The reliability of the probabilities; as they would be without temperature, or as they are. */
    public List<Reliability.Bin> reliability(boolean calibrated) {
        return Reliability.bins(judged.predictions(), calibrated ? 1 : 1 / temperature);
    }

    /** What many thresholds give, strict ones first: enough to draw curves. */
    public List<OperatingPoint> traced() {
        RocCurve curve = RocCurve.of(judged.predictions());
        return curve.traced().stream()
                .map(logOdds -> OperatingPoint.at(curve, logOdds))
                .toList();
    }

    /** Whether a stamp reaches the threshold. */
    public boolean isCalledReal(int prediction) {
        return judged.predictions().logOdds(prediction) >= thresholdLogOdds();
    }

    /** The threshold as log-odds, finite. */
    public double thresholdLogOdds() {
        return JudgedStamps.logOdds((float) threshold);
    }
}
