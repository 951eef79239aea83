package dev.stampede.stamps.score;

/** Why a stamp that could be read cannot be judged. */
public enum Abstention {
    /** Every pixel is masked, or all unmasked ones have one value. */
    BLANK,
    /** More than half of the unmasked pixels have one value: no noise to measure a signal against. */
    NO_SPREAD,
    /** More pixels are masked than {@link StampClassifier#MAX_MASKED_FRACTION}. */
    TOO_MANY_MASKED_PIXELS,
    /** The stamp has fewer rows or columns than the model's input. */
    SMALLER_THAN_MODEL,
    /** The alert lacks a coadd that the model looks at. */
    CHANNEL_MISSING,
    /** The stamp is unlike anything the model was trained on. */
    OUT_OF_DISTRIBUTION
}
