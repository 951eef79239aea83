package dev.stampede.stamps.contract;

import java.util.Locale;

/** The numbers by which a network takes k features. */
public enum FeatureEncoding {
    /** Of shape [N, 2k]: k values, 0 for those that are masked, then k masks, 1 if the feature is known. */
    VALUES_AND_MASKS,
    /** Of shape [N, k]: the values alone, so that a candidate of which one is unknown cannot be scored. */
    VALUES;

    /** The name in model files. */
    public String encodingName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The numbers of {@code features} features. */
    public int width(int features) {
        return this == VALUES ? features : 2 * features;
    }
}
