package dev.stampede.stamps.score;

import dev.stampede.stamps.stamp.StampQuality;
import java.util.Optional;

/** The outcome for one stamp. */
public sealed interface Judgement {
    Verdict verdict();

    /** What was measured on the first channel of the stamp as judged, or as it came if it does not fit the model. */
    StampQuality quality();

    /** The reason of an abstention; empty where the stamp was judged. */
    default Optional<Abstention> abstention() {
        return this instanceof Abstained abstained ? Optional.of(abstained.reason()) : Optional.empty();
    }

    /**
     * The stamp was judged.
     *
     * @param probability calibrated probability of a point source, 0 to 1
     * @param verdict REAL or BOGUS
     * @param spread the standard deviation of the probability over eight views, 0 to 0.5; NaN where one view was judged
     */
    record Scored(float probability, Verdict verdict, StampQuality quality, float spread) implements Judgement {
        /** Judged as it came, in one view. */
        public Scored(float probability, Verdict verdict, StampQuality quality) {
            this(probability, verdict, quality, Float.NaN);
        }

        public Scored {
            if (!(probability >= 0f && probability <= 1f)) { // also refuses NaN
                throw new IllegalArgumentException("probability outside [0, 1]: " + probability);
            }
            if (verdict == Verdict.ABSTAIN) {
                throw new IllegalArgumentException("a scored stamp is REAL or BOGUS");
            }
        }
    }

    /** The stamp cannot be judged. */
    record Abstained(Abstention reason, StampQuality quality) implements Judgement {
        @Override
        public Verdict verdict() {
            return Verdict.ABSTAIN;
        }
    }
}
