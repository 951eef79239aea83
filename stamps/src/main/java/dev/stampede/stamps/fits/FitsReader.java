package dev.stampede.stamps.fits;

import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;

/**
 * Reads the first image of a FITS file, gzipped or plain, as one channel: BITPIX 8, 16, 32, -32 or -64,
 * scaled by BSCALE and BZERO; NaN and BLANK are masked. Row 0 is the first row of the file. Holds native and scratch
 * memory: one instance a thread.
 */
public final class FitsReader implements AutoCloseable {
    private final FitsLimits limits;
    private final Gunzip gunzip;

    /** A reader that refuses what is beyond {@code limits}. */
    public FitsReader(FitsLimits limits) {
        this.limits = limits;
        this.gunzip = new Gunzip(limits.maxBytes());
    }

    /**
     * The image in the first {@code length} bytes of {@code bytes}, as many rows and columns as it has.
     *
     * @throws FitsFormatException if there is none, or one beyond the limits
     */
    public FitsImage read(byte[] bytes, int length) {
        byte[] file = bytes;
        int size = length;
        if (Gunzip.frames(bytes, length)) {
            size = gunzip.decompress(bytes, length);
            file = gunzip.output();
        } else if (length > limits.maxBytes()) {
            throw new FitsFormatException("the cutout has " + length + " bytes, more than " + limits.maxBytes());
        }
        byte[] image = file;
        int imageBytes = size;
        return PrimaryImage.read(image, imageBytes, limits).orElseGet(() -> AnyImage.read(image, imageBytes, limits));
    }

    /**
     * The stamp in the middle of a square of masked pixels, as wide as its longer side: the pixel at {@code side / 2}
     * stays there. A square stamp is answered as it is.
     */
    public static Stamp padToSquare(Stamp stamp) {
        int height = stamp.height();
        int width = stamp.width();
        if (height == width) {
            return stamp;
        }
        int side = Math.max(height, width);
        float[] pixels = new float[stamp.channels() * side * side];
        Arrays.fill(pixels, Float.NaN);
        int top = side / 2 - height / 2;
        int left = side / 2 - width / 2;
        for (int channel = 0; channel < stamp.channels(); channel++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    pixels[(channel * side + top + row) * side + left + column] = stamp.pixel(channel, row, column);
                }
            }
        }
        return Stamp.of(stamp.channels(), side, side, pixels);
    }

    @Override
    public void close() {
        gunzip.close();
    }
}
