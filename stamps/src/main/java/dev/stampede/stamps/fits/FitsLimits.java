package dev.stampede.stamps.fits;

/**
 * What a cutout may cost, so that a hostile one cannot take the memory of a process.
 *
 * @param maxBytes the most bytes a cutout may have once it is decompressed
 * @param maxSidePixels the most rows or columns of its image
 */
public record FitsLimits(int maxBytes, int maxSidePixels) {
    /** Room for 512 x 512 pixels of 8 bytes, with as much again of other extensions and headers. */
    public static final FitsLimits STANDARD = new FitsLimits(4 << 20, 512);

    public FitsLimits {
        if (maxBytes < 1 || maxSidePixels < 1) {
            throw new IllegalArgumentException("limits are 1 or more, not " + maxBytes + " and " + maxSidePixels);
        }
    }

    /** Refuses an image of such axes. */
    void check(long width, long height) {
        if (width < 1 || height < 1 || width > maxSidePixels || height > maxSidePixels) {
            throw new FitsFormatException("the image has " + width + " columns and " + height + " rows; 1 to "
                    + maxSidePixels + " are accepted");
        }
    }
}
