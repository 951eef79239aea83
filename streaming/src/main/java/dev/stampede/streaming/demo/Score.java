package dev.stampede.streaming.demo;

import dev.stampede.schemas.Verdict;
import java.util.OptionalDouble;

/** How the verdicts compare with the simulated truth. A point source that was not called REAL is missed. */
final class Score {
    /** Where a search is expected to find nearly everything. */
    static final double BRIGHT_SIGNAL_TO_NOISE = 8;

    private long real;
    private long realFound;
    private long bright;
    private long brightFound;
    private long bogus;
    private long bogusCalledReal;

    void add(Specimen specimen, Verdict verdict) {
        int calledReal = verdict == Verdict.REAL ? 1 : 0;
        if (specimen.kind() == Specimen.Kind.REAL) {
            real++;
            realFound += calledReal;
            if (specimen.signalToNoise() >= BRIGHT_SIGNAL_TO_NOISE) {
                bright++;
                brightFound += calledReal;
            }
        } else if (specimen.kind() == Specimen.Kind.BOGUS) {
            bogus++;
            bogusCalledReal += calledReal;
        }
    }

    Score copy() {
        Score copy = new Score();
        copy.real = real;
        copy.realFound = realFound;
        copy.bright = bright;
        copy.brightFound = brightFound;
        copy.bogus = bogus;
        copy.bogusCalledReal = bogusCalledReal;
        return copy;
    }

    /** Share of the point sources that were called REAL; empty where there were none. */
    OptionalDouble recall() {
        return share(realFound, real);
    }

    /** The same of those of S/N {@link #BRIGHT_SIGNAL_TO_NOISE} or more. */
    OptionalDouble brightRecall() {
        return share(brightFound, bright);
    }

    /** Share of the other candidates that were called REAL; empty where there were none. */
    OptionalDouble falsePositiveRate() {
        return share(bogusCalledReal, bogus);
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }
}
