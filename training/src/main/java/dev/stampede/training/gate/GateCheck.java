package dev.stampede.training.gate;

import dev.stampede.training.evaluate.ConfidenceInterval;
import java.util.Optional;

/**
 * One check of the gate.
 *
 * @param name what is checked
 * @param challenger the value of the challenger
 * @param live the value of the live model; NaN if the check has none
 * @param difference challenger minus live with its interval, if the check is a comparison
 * @param bound the limit of the value, or of its ratio to the live one, if the check has a limit; else NaN
 */
public record GateCheck(
        Kind kind,
        String name,
        double challenger,
        double live,
        Optional<ConfidenceInterval> difference,
        double bound,
        CheckResult result) {
    /** The quantity that is checked. */
    public enum Kind {
        /** Missed-source rate. */
        MISSED_SOURCES,
        /** Expected calibration error. */
        CALIBRATION,
        /** Microseconds per stamp; the limit applies to the ratio. */
        LATENCY,
        /** Number of stamps on which only the challenger abstains. */
        ABSTENTIONS,
        /** Maximum difference between the probability of a golden stamp and the expected one. */
        GOLDEN_STAMPS
    }

    /** A comparison, which is better or worse only if the interval excludes zero. */
    static GateCheck ofDifference(
            String name, double challenger, double live, ConfidenceInterval difference, boolean enough) {
        CheckResult result = !enough
                ? CheckResult.TOO_FEW
                : difference.low() > 0
                        ? CheckResult.WORSE
                        : difference.high() < 0 ? CheckResult.BETTER : CheckResult.NOT_WORSE;
        return new GateCheck(Kind.MISSED_SOURCES, name, challenger, live, Optional.of(difference), Double.NaN, result);
    }

    /** A value with a limit, which NaN exceeds; without a check if the limit is infinite. */
    static GateCheck ofBound(Kind kind, String name, double challenger, double live, double measured, double bound) {
        CheckResult result = bound == Double.POSITIVE_INFINITY
                ? CheckResult.NOT_COMPARED
                : measured <= bound ? CheckResult.NOT_WORSE : CheckResult.WORSE;
        return new GateCheck(kind, name, challenger, live, Optional.empty(), bound, result);
    }
}
