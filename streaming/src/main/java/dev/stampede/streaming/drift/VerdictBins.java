package dev.stampede.streaming.drift;

import dev.stampede.stamps.score.Verdict;

/** The index of each verdict in an array of counts. */
final class VerdictBins {
    static final int COUNT = 3;

    private VerdictBins() {}

    static int of(Verdict verdict) {
        return switch (verdict) {
            case REAL -> 0;
            case BOGUS -> 1;
            case ABSTAIN -> 2;
        };
    }
}
