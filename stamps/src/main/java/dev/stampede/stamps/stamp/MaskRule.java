package dev.stampede.stamps.stamp;

/** Which pixels of a raw stamp are masked. Non-finite pixels always are. */
public enum MaskRule {
    /** NaN and infinities are masked; 0 is a value. */
    NOT_FINITE(0),
    /** 0 is masked too: it marks pixels of a coadd without any good exposure. */
    NOT_FINITE_OR_ZERO(1);

    private static final int MAGNITUDE_BITS = 0x7fff_ffff;
    private static final int INFINITY_BITS = 0x7f80_0000;

    /** The bits of a float, without its sign, are in the order of its magnitude. */
    private final int minMagnitudeBits;

    MaskRule(int minMagnitudeBits) {
        this.minMagnitudeBits = minMagnitudeBits;
    }

    /** Whether {@code pixel} is masked. */
    public boolean masks(float pixel) {
        return measurements(pixel) == 0;
    }

    /** {@code value}, or 0 if {@code pixel} is masked. */
    public float valueOrZero(float pixel, float value) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) & -measurements(pixel));
    }

    /** 1 for an unmasked pixel, 0 for a masked one; without a branch, which processors predict badly for masks. */
    int measurements(float pixel) {
        int magnitude = Float.floatToRawIntBits(pixel) & MAGNITUDE_BITS;
        return ((magnitude - INFINITY_BITS) & (minMagnitudeBits - 1 - magnitude)) >>> 31;
    }
}
