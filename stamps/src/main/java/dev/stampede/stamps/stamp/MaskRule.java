package dev.stampede.stamps.stamp;

/** Which pixels of a raw stamp hold no measurement. Pixels that are not finite never do. */
public enum MaskRule {
    /** NaN and infinities are masked; 0 is a value. */
    NOT_FINITE,
    /** 0 is masked too: a coadd holds 0 where no exposure had a good pixel. */
    NOT_FINITE_OR_ZERO;

    /** Whether {@code pixel} holds no measurement. */
    public boolean masks(float pixel) {
        return !Float.isFinite(pixel) || (pixel == 0f && this == NOT_FINITE_OR_ZERO);
    }
}
