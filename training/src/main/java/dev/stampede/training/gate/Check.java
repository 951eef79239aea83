package dev.stampede.training.gate;

import dev.stampede.training.evaluate.Interval;
import java.util.Optional;

/**
 * One thing that the gate looks at.
 *
 * @param name what it is
 * @param fresh the figure of the new model
 * @param live that of the live model; NaN where there is none
 * @param difference the first less the second with its interval, where the check is of that
 * @param bound what the new figure, or its ratio to the live one, must not pass, where the check is of that; else NaN
 */
public record Check(
        Kind kind,
        String name,
        double fresh,
        double live,
        Optional<Interval> difference,
        double bound,
        Finding finding) {
    /** What is measured. */
    public enum Kind {
        /** Share of the sources missed. */
        MISSED_SOURCES,
        /** Expected calibration error. */
        CALIBRATION,
        /** Microseconds for a stamp; the bound is of the ratio. */
        LATENCY,
        /** Stamps on which the new model alone abstains. */
        ABSTENTIONS,
        /** Greatest difference between a golden stamp's probability and what its entry says. */
        GOLDEN_STAMPS
    }

    /** A difference that is better or worse only where its interval leaves out zero. */
    static Check ofDifference(String name, double fresh, double live, Interval difference, boolean enough) {
        Finding finding = !enough
                ? Finding.TOO_FEW
                : difference.low() > 0 ? Finding.WORSE : difference.high() < 0 ? Finding.BETTER : Finding.NOT_WORSE;
        return new Check(Kind.MISSED_SOURCES, name, fresh, live, Optional.of(difference), Double.NaN, finding);
    }

    /** Something that must not pass a bound; NaN passes it. */
    static Check ofBound(Kind kind, String name, double fresh, double live, double measured, double bound) {
        Finding finding = measured <= bound ? Finding.NOT_WORSE : Finding.WORSE;
        return new Check(kind, name, fresh, live, Optional.empty(), bound, finding);
    }
}
