package dev.stampede.stamps.contract;

import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The second input of a network: what the search knows of each candidate, as scaled values.
 *
 * @param tensor the name of the graph's input
 * @param encoding its shape, and whether it can do without a feature
 * @param features each once, in the order of the input; empty for a network of stamps alone, whose graph lacks this input
 */
public record FeatureInput(String tensor, FeatureEncoding encoding, List<ScaledFeature> features) {
    /** The input of a graph that Stampede writes: float32 [N, 2k], values and masks. */
    public static final String INPUT = "features";

    /** Of a network of stamps alone. */
    public static final FeatureInput NONE = of(List.of());

    public FeatureInput {
        features = List.copyOf(features);
        if (tensor.isBlank()) {
            throw new IllegalArgumentException("the name of the tensor of features is blank");
        }
        if (features.stream().map(ScaledFeature::feature).distinct().count() < features.size()) {
            throw new IllegalArgumentException("a feature is named twice: " + features);
        }
    }

    /** Of a network that Stampede trains. */
    public static FeatureInput of(List<ScaledFeature> features) {
        return new FeatureInput(INPUT, FeatureEncoding.VALUES_AND_MASKS, features);
    }

    /** Whether the network takes no features. */
    public boolean isEmpty() {
        return features.isEmpty();
    }

    /** The numbers of one candidate. */
    public int width() {
        return encoding.width(features.size());
    }

    /** The features, in order. */
    public List<CandidateFeature> kinds() {
        return features.stream().map(ScaledFeature::feature).toList();
    }

    /** Whether a candidate cannot be scored if one of its features is unknown. */
    public boolean needsAll() {
        return encoding == FeatureEncoding.VALUES && !isEmpty();
    }

    /** The features without which a candidate cannot be scored and that are unknown, or out of the domain of their transform. */
    public List<CandidateFeature> missing(CandidateFeatures known) {
        if (!needsAll()) {
            return List.of();
        }
        return features.stream()
                .filter(one -> Float.isNaN(one.of(known.get(one.feature()))))
                .map(ScaledFeature::feature)
                .toList();
    }

    /** Appends the {@link #width} numbers of a candidate; the value of an unknown feature is 0. */
    public void put(CandidateFeatures known, FloatBuffer target) {
        int start = target.position();
        int count = features.size();
        for (int i = 0; i < count; i++) {
            ScaledFeature one = features.get(i);
            float value = one.of(known.get(one.feature()));
            boolean isKnown = !Float.isNaN(value);
            target.put(start + i, isKnown ? value : 0);
            if (encoding == FeatureEncoding.VALUES_AND_MASKS) {
                target.put(start + count + i, isKnown ? 1 : 0);
            }
        }
        target.position(start + width());
    }
}
