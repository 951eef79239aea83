package dev.stampede.streaming.demo;

import dev.stampede.schemas.Verdict;
import java.util.OptionalDouble;

/** Compares verdicts with the simulated truth. A point source with another verdict than REAL is missed. */
final class TruthComparison {
    /** A search should find nearly all sources from this S/N. */
    static final double BRIGHT_SIGNAL_TO_NOISE = 8;

    private long real;
    private long realFound;
    private long bright;
    private long brightFound;
    private long bogus;
    private long bogusCalledReal;

    void add(AlertTemplate template, Verdict verdict) {
        int calledReal = verdict == Verdict.REAL ? 1 : 0;
        if (template.kind() == AlertTemplate.Kind.REAL) {
            real++;
            realFound += calledReal;
            if (template.signalToNoise() >= BRIGHT_SIGNAL_TO_NOISE) {
                bright++;
                brightFound += calledReal;
            }
        } else if (template.kind() == AlertTemplate.Kind.BOGUS) {
            bogus++;
            bogusCalledReal += calledReal;
        }
    }

    TruthComparison copy() {
        TruthComparison copy = new TruthComparison();
        copy.real = real;
        copy.realFound = realFound;
        copy.bright = bright;
        copy.brightFound = brightFound;
        copy.bogus = bogus;
        copy.bogusCalledReal = bogusCalledReal;
        return copy;
    }

    /** The share of point sources with the verdict REAL; empty without point sources. */
    OptionalDouble recall() {
        return share(realFound, real);
    }

    /** The recall of point sources of S/N {@link #BRIGHT_SIGNAL_TO_NOISE} or more. */
    OptionalDouble brightRecall() {
        return share(brightFound, bright);
    }

    /** The share of bogus candidates with the verdict REAL; empty without bogus candidates. */
    OptionalDouble falsePositiveRate() {
        return share(bogusCalledReal, bogus);
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }
}
