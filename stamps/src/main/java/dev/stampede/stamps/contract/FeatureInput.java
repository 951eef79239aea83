package dev.stampede.stamps.contract;

import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * The second input of a network: what the search knows of each candidate, of shape [N, 2k] for k features: the scaled values
 * in order, 0 for those that are masked, then k masks, 1 if the feature is known and 0 if it is masked.
 *
 * @param tensor the name of the graph's input
 * @param features each once, in the order of the input; empty for a network of stamps alone, whose graph lacks this input
 */
public record FeatureInput(String tensor, List<ScaledFeature> features) {
    /** The input of a graph that Stampede writes: float32 [N, 2k]. */
    public static final String INPUT = "features";

    /** Of a network of stamps alone. */
    public static final FeatureInput NONE = new FeatureInput(INPUT, List.of());

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
        return new FeatureInput(INPUT, features);
    }

    /** Whether the network takes no features. */
    public boolean isEmpty() {
        return features.isEmpty();
    }

    /** The numbers of one candidate: values and masks. */
    public int width() {
        return 2 * features.size();
    }

    /** The features, in order. */
    public List<CandidateFeature> kinds() {
        return features.stream().map(ScaledFeature::feature).toList();
    }

    /** Appends the {@link #width} numbers of a candidate. */
    public void put(CandidateFeatures known, FloatBuffer target) {
        int start = target.position();
        int count = features.size();
        for (int i = 0; i < count; i++) {
            ScaledFeature one = features.get(i);
            float value = one.of(known.get(one.feature()));
            boolean isKnown = !Float.isNaN(value);
            target.put(start + i, isKnown ? value : 0);
            target.put(start + count + i, isKnown ? 1 : 0);
        }
        target.position(start + 2 * count);
    }
}
