package dev.stampede.stamps.stamp;

/** Which pixels of a raw stamp hold no measurement. Pixels that are not finite never do. */
public enum MaskRule {
    /** NaN and infinities are masked; 0 is a value. */
    NOT_FINITE(0),
    /** 0 is masked too: a coadd holds 0 where no exposure had a good pixel. */
    NOT_FINITE_OR_ZERO(1);

    private static final int MAGNITUDE_BITS = 0x7fff_ffff;
    private static final int INFINITY_BITS = 0x7f80_0000;

    /** Without its sign, the bits of a float ascend with its value. */
    private final int leastMagnitudeBits;

    MaskRule(int leastMagnitudeBits) {
        this.leastMagnitudeBits = leastMagnitudeBits;
    }

    /** Whether {@code pixel} holds no measurement. */
    public boolean masks(float pixel) {
        return measurements(pixel) == 0;
    }

    /** The value at the pixel where {@code pixel} is a measurement, 0 where it is masked. */
    public float valueOrZero(float pixel, float value) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(value) & -measurements(pixel));
    }

    /** 1 for a measurement, 0 for a masked pixel; by sign bits, for no processor predicts a branch on masks. */
    int measurements(float pixel) {
        int magnitude = Float.floatToRawIntBits(pixel) & MAGNITUDE_BITS;
        return ((magnitude - INFINITY_BITS) & (leastMagnitudeBits - 1 - magnitude)) >>> 31;
    }
}
