package dev.stampede.training.dataset;

import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.ScaledFeature;
import dev.stampede.stamps.contract.ScaledFeature.Transform;
import dev.stampede.stamps.stamp.CandidateFeature;
import java.util.List;
import java.util.stream.IntStream;

/** The transformation of features to mean 0 and standard deviation 1 over the examples that have them. */
public final class FeatureScaling {
    private FeatureScaling() {}

    /**
     * The input of {@code features} for a network that is trained on {@code fitting}.
     *
     * @throws InvalidDataException if none of the examples has one of them
     */
    public static FeatureInput of(Examples fitting, List<CandidateFeature> features) {
        return FeatureInput.of(
                features.stream().map(feature -> scaled(fitting, feature)).toList());
    }

    private static ScaledFeature scaled(Examples fitting, CandidateFeature feature) {
        Transform transform = transform(feature);
        double[] values = IntStream.range(0, fitting.size())
                .mapToDouble(i -> transform.of(fitting.features(i).get(feature)))
                .filter(Double::isFinite)
                .toArray();
        if (values.length == 0) {
            throw new InvalidDataException("No stamp of the training set has the feature " + feature.featureName()
                    + ": it needs the columns " + feature.sourceColumns()
                    + " in truth.csv or in the results table; add them, or leave the feature out of --features.");
        }
        double mean =
                IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum() / values.length;
        double variance = IntStream.range(0, values.length)
                        .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                        .sum()
                / values.length;
        return new ScaledFeature(feature, transform, mean, variance > 0 ? Math.sqrt(variance) : 1);
    }

    /** The logarithm of those that span orders of magnitude; a speed may be 0. */
    private static Transform transform(CandidateFeature feature) {
        return switch (feature) {
            case LIKELIHOOD, SIGNAL_TO_NOISE -> Transform.LOG10;
            case OBS_COUNT, SPEED -> Transform.LINEAR;
        };
    }
}
