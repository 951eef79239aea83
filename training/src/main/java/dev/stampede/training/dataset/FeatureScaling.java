package dev.stampede.training.dataset;

import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.ScaledFeature;
import dev.stampede.stamps.contract.ScaledFeature.Transform;
import dev.stampede.stamps.stamp.CandidateFeature;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The transformation of features to mean 0 and standard deviation 1 over the examples that have them. */
public final class FeatureScaling {
    /** Of a search the features are known of all candidates; a difference of this size comes from joined data sets. */
    private static final double MAX_DIFFERENCE = 0.2;

    /** A standard deviation below this share of the mean is rounding: the feature is constant. */
    private static final double MIN_SPREAD = 1e-6;

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

    /** A warning if a feature is known much more often of one class: a network would recognise the class by its absence. */
    public static Optional<String> imbalance(Examples fitting, List<CandidateFeature> features) {
        return features.stream()
                .filter(feature -> Math.abs(knownShare(fitting, feature, true) - knownShare(fitting, feature, false))
                        > MAX_DIFFERENCE)
                .findFirst()
                .map(feature -> String.format(
                        Locale.ROOT,
                        "The feature %s is known of %.0f %% of the real and %.0f %% of the bogus stamps of the training set: the"
                                + " network may recognise a class by its absence.",
                        feature.featureName(),
                        100 * knownShare(fitting, feature, true),
                        100 * knownShare(fitting, feature, false)));
    }

    private static double knownShare(Examples fitting, CandidateFeature feature, boolean real) {
        return IntStream.range(0, fitting.size())
                .filter(i -> fitting.isReal(i) == real)
                .mapToDouble(i -> fitting.features(i).has(feature) ? 1 : 0)
                .average()
                .orElse(0);
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
        double deviation = Math.sqrt(variance);
        if (!(deviation > MIN_SPREAD * Math.max(1, Math.abs(mean)))) {
            throw new InvalidDataException("The feature " + feature.featureName()
                    + " has the same value in all stamps of the training set; leave it out of --features.");
        }
        return new ScaledFeature(feature, transform, mean, deviation);
    }

    /** The logarithm of those that span orders of magnitude; a speed may be 0. */
    private static Transform transform(CandidateFeature feature) {
        return switch (feature) {
            case LIKELIHOOD, SIGNAL_TO_NOISE -> Transform.LOG10;
            case OBS_COUNT, SPEED -> Transform.LINEAR;
        };
    }
}
