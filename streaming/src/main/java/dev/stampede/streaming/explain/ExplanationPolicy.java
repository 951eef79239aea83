package dev.stampede.streaming.explain;

import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.score.Verdict;

/** Which verdicts are explained. Abstentions never are: they carry their reason. */
public enum ExplanationPolicy {
    /** None, even if an alert requests it. */
    NONE {
        @Override
        boolean wants(Scored scored, boolean requested, double distance, double band) {
            return false;
        }
    },
    /** Those whose alert requests it. */
    REQUESTED {
        @Override
        boolean wants(Scored scored, boolean requested, double distance, double band) {
            return requested;
        }
    },
    /** Those whose alert requests it, and every REAL. */
    REAL {
        @Override
        boolean wants(Scored scored, boolean requested, double distance, double band) {
            return requested || scored.verdict() == Verdict.REAL;
        }
    },
    /** Those whose alert requests it, and every verdict whose probability is near the threshold. */
    UNCERTAIN {
        @Override
        boolean wants(Scored scored, boolean requested, double distance, double band) {
            return requested || distance <= band;
        }
    },
    /** Every one. */
    ALL {
        @Override
        boolean wants(Scored scored, boolean requested, double distance, double band) {
            return true;
        }
    };

    /**
     * Whether a verdict is to be explained.
     *
     * @param requested whether its alert requests it
     * @param distance of the probability from the threshold, 0 to 1
     * @param band the maximum distance that is uncertain
     */
    abstract boolean wants(Scored scored, boolean requested, double distance, double band);
}
