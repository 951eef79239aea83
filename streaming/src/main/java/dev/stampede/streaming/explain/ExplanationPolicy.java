package dev.stampede.streaming.explain;

import dev.stampede.stamps.score.Judgement.Scored;
import dev.stampede.stamps.score.Verdict;

/** Which verdicts are explained. Only a judged stamp can be; an abstention is its own reason. */
public enum ExplanationPolicy {
    /** None, whatever an alert asks. */
    NONE {
        @Override
        boolean wants(Scored scored, boolean asked, double distance, double band) {
            return false;
        }
    },
    /** Those whose alert asks. */
    REQUESTED {
        @Override
        boolean wants(Scored scored, boolean asked, double distance, double band) {
            return asked;
        }
    },
    /** Those, and every REAL. */
    REAL {
        @Override
        boolean wants(Scored scored, boolean asked, double distance, double band) {
            return asked || scored.verdict() == Verdict.REAL;
        }
    },
    /** Those whose alert asks, and every verdict whose probability is near the threshold. */
    UNCERTAIN {
        @Override
        boolean wants(Scored scored, boolean asked, double distance, double band) {
            return asked || distance <= band;
        }
    },
    /** Every one. */
    ALL {
        @Override
        boolean wants(Scored scored, boolean asked, double distance, double band) {
            return true;
        }
    };

    /**
     * Whether a verdict is to be explained.
     *
     * @param asked whether its alert asks for it
     * @param distance of the probability from the threshold, 0 to 1
     * @param band the greatest distance that is uncertain
     */
    abstract boolean wants(Scored scored, boolean asked, double distance, double band);
}
