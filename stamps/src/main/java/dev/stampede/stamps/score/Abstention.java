package dev.stampede.stamps.score;

/** Why a readable stamp gets no score. */
public enum Abstention {
    /** Every pixel is masked, or all unmasked ones have one value. */
    BLANK,
    /** More than half of the unmasked pixels have one value: no noise to measure a signal against. */
    NO_SPREAD,
    /** More pixels are masked than the model allows. */
    TOO_MANY_MASKED_PIXELS,
    /** The stamp is smaller than the model's input, and the model does not pad. */
    SMALLER_THAN_MODEL,
    /** The alert lacks a plane that the model needs, or the stamp has another number of planes. */
    MISSING_PLANE,
    /** A feature that the model cannot do without is unknown, or 0 or below where its logarithm is taken. */
    MISSING_FEATURE,
    /** The stamp is unlike the training data of the model. */
    OUT_OF_DISTRIBUTION,
    /** The survey or the pixel scale of the alert is not one that the model was made for. */
    OUT_OF_DOMAIN,
    /** The image was cut off at the edge of a detector, and does not tell where its source is. */
    CUT_OFF
}
