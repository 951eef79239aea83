package dev.stampede.training.fit;

/**
 * How batches are drawn from the training set.
 *
 * @param augments whether each stamp is rotated and mirrored at random in each epoch
 * @param balances whether the stamps of the rarer class are repeated until both classes have the same number
 * @param labelSmoothing probability moved from the true class to all classes evenly, 0 to below 1
 */
public record SamplingSettings(boolean augments, boolean balances, double labelSmoothing) {
    /** Augmentation only. */
    public static final SamplingSettings DEFAULT = new SamplingSettings(true, false, 0);

    public SamplingSettings {
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException("label smoothing must be 0 to below 1, not " + labelSmoothing);
        }
    }
}
