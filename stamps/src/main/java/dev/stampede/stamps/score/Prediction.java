package dev.stampede.stamps.score;

import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Plane;
import java.util.List;
import java.util.Optional;

/** The outcome for one stamp. */
public sealed interface Prediction {
    Verdict verdict();

    /** The quality of the first plane of the cropped stamp, or of the original one if it does not fit the model. */
    PixelQuality quality();

    /** The reason of an abstention; empty if the stamp was scored. */
    default Optional<Abstention> abstention() {
        return this instanceof Abstained abstained ? Optional.of(abstained.reason()) : Optional.empty();
    }

    /**
     * The stamp was scored.
     *
     * @param probability calibrated probability of a point source, 0 to 1
     * @param verdict REAL or BOGUS
     * @param spread the standard deviation of the probability over eight views, 0 to 0.5; NaN for a single view
     */
    record Scored(float probability, Verdict verdict, PixelQuality quality, float spread) implements Prediction {
        /** Scored in one view. */
        public Scored(float probability, Verdict verdict, PixelQuality quality) {
            this(probability, verdict, quality, Float.NaN);
        }

        public Scored {
            if (!(probability >= 0f && probability <= 1f)) { // also rejects NaN
                throw new IllegalArgumentException("probability outside [0, 1]: " + probability);
            }
            if (verdict == Verdict.ABSTAIN) {
                throw new IllegalArgumentException("a scored stamp is REAL or BOGUS");
            }
        }
    }

    /**
     * The stamp cannot be scored.
     *
     * @param detail what the reason concerns, such as the missing planes; may be empty
     */
    record Abstained(Abstention reason, String detail, PixelQuality quality) implements Prediction {
        /** Without a detail. */
        public Abstained(Abstention reason, PixelQuality quality) {
            this(reason, "", quality);
        }

        /** The alert lacks {@code planes}, so there is no stamp. */
        public static Abstained missing(List<Plane> planes) {
            return new Abstained(Abstention.MISSING_PLANE, Plane.names(planes), PixelQuality.NOT_MEASURED);
        }

        /** The model cannot do without {@code features}, which are unknown. */
        static Abstained withoutFeatures(List<CandidateFeature> features, PixelQuality quality) {
            return new Abstained(Abstention.MISSING_FEATURE, CandidateFeature.names(features), quality);
        }

        /** The alert is outside the domain of the model, because of {@code mismatch}. */
        public static Abstained outOfDomain(String mismatch) {
            return new Abstained(Abstention.OUT_OF_DOMAIN, mismatch, PixelQuality.NOT_MEASURED);
        }

        /** The reason and its detail, such as {@code MISSING_FEATURE, likelihood}. */
        public String describe() {
            return detail.isEmpty() ? reason.name() : reason + ", " + detail;
        }

        @Override
        public Verdict verdict() {
            return Verdict.ABSTAIN;
        }
    }
}
