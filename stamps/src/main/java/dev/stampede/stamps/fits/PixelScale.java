package dev.stampede.stamps.fits;

/**
 * From the numbers of a file to pixels: zero + scale * number, and the integer that means "no value". Section 4.4.2.5
 * of the standard.
 *
 * @param blank the integer that marks a masked pixel; not looked at where {@code hasBlank} is false
 */
record PixelScale(double scale, double zero, boolean hasBlank, long blank) {
    boolean isIdentity() {
        return scale == 1 && zero == 0;
    }

    float pixel(double number) {
        return (float) (zero + scale * number);
    }

    float pixel(long number) {
        return hasBlank && number == blank ? Float.NaN : pixel((double) number);
    }
}
