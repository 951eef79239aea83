package dev.stampede.training.dataset;

import dev.stampede.stamps.contract.ScaledFeature;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import java.util.List;

/** Which features are hidden from a network although they are known. */
@FunctionalInterface
public interface FeatureMask {
    /** Hides none. */
    FeatureMask NONE = (example, feature) -> false;

    /**
     * Hides one feature of seven of eight examples in turn, as long as there are so many, and all features of the eighth: every
     * mask is among a few examples.
     */
    FeatureMask SOME = (example, feature) -> example % 8 == 7 || example % 8 == feature;

    /**
     * Whether a feature is hidden.
     *
     * @param example its position in the batch or set
     * @param feature its index among the features of the network
     */
    boolean hides(int example, int feature);

    /** What a network with {@code features} may know of an example of which {@code known} is known. */
    default CandidateFeatures visible(CandidateFeatures known, int example, List<ScaledFeature> features) {
        CandidateFeatures.Builder visible = CandidateFeatures.builder();
        for (int i = 0; i < features.size(); i++) {
            CandidateFeature feature = features.get(i).feature();
            if (!hides(example, i)) {
                visible.set(feature, known.get(feature));
            }
        }
        return visible.build();
    }
}
