package dev.stampede.stamps.fits;

/**
 * The size limits of a cutout, so that a hostile one cannot exhaust the memory of a process.
 *
 * @param maxBytes the maximum size of the decompressed file
 * @param maxSidePixels the maximum number of rows or columns of its image
 */
public record FitsLimits(int maxBytes, int maxSidePixels) {
    /** 512 x 512 pixels of 8 bytes, and the same size again for headers and other extensions. */
    public static final FitsLimits STANDARD = new FitsLimits(4 << 20, 512);

    public FitsLimits {
        if (maxBytes < 1 || maxSidePixels < 1) {
            throw new IllegalArgumentException("limits must be positive, not " + maxBytes + " and " + maxSidePixels);
        }
    }

    /** Rejects an image of that size. */
    void check(long width, long height) {
        if (width < 1 || height < 1 || width > maxSidePixels || height > maxSidePixels) {
            throw new FitsFormatException("the image has " + width + " columns and " + height + " rows; 1 to "
                    + maxSidePixels + " are supported");
        }
    }
}
