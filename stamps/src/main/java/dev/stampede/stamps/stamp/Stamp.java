package dev.stampede.stamps.stamp;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The image of one candidate: one or more coadds ("channels") of the same small area of sky, centred on the candidate.
 *
 * <p>Pixels are in channel, row, column order; units are those of the survey (counts, nanojansky), as recipes
 * are independent of offset and scale. A masked pixel is NaN. Row 0 is the first row of the file, never flipped. Immutable: the
 * pixels are copied.
 */
public final class Stamp {
    private final int channels;
    private final int height;
    private final int width;
    private final float[] pixels;

    private Stamp(int channels, int height, int width, float[] pixels) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.pixels = pixels;
    }

    /**
     * A stamp of {@code channels x height x width} pixels, copied from {@code pixels}; infinities become masked (NaN).
     *
     * @throws IllegalArgumentException if a dimension is below 1 or the number of pixels is not their product
     */
    public static Stamp of(int channels, int height, int width, float[] pixels) {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a stamp needs one or more pixels, not " + channels + "x" + height + "x" + width);
        }
        if ((long) channels * height * width != pixels.length) {
            throw new IllegalArgumentException("a stamp of " + channels + "x" + height + "x" + width + " cannot have "
                    + pixels.length + " pixels");
        }
        return new Stamp(channels, height, width, maskInfinities(pixels.clone()));
    }

    /**
     * A stamp of {@code height x width} pixels whose channels are the remaining elements of {@code planes}, in order;
     * infinities become masked (NaN). Moves the positions of the buffers to their limits.
     *
     * @throws IllegalArgumentException if there is no plane, a dimension is below 1 or the pixels of a plane are not
     *     their product
     */
    public static Stamp read(int height, int width, List<FloatBuffer> planes) {
        if (planes.isEmpty() || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a stamp needs one or more pixels, not " + planes.size() + "x" + height + "x" + width);
        }
        int size = Math.multiplyExact(height, width);
        float[] pixels = new float[Math.multiplyExact(planes.size(), size)];
        for (int channel = 0; channel < planes.size(); channel++) {
            FloatBuffer plane = planes.get(channel);
            if (plane.remaining() != size) {
                throw new IllegalArgumentException(
                        "a channel of " + height + "x" + width + " cannot have " + plane.remaining() + " pixels");
            }
            plane.get(pixels, channel * size, size);
        }
        return new Stamp(planes.size(), height, width, maskInfinities(pixels));
    }

    private static float[] maskInfinities(float[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] += 0 * pixels[i]; // adds 0 to a number and NaN to an infinity, in vector instructions
        }
        return pixels;
    }

    public int channels() {
        return channels;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    /** The pixel at {@code row}, {@code column} of {@code channel}, each counted from 0; NaN if masked. */
    public float pixel(int channel, int row, int column) {
        if (row < 0 || row >= height || column < 0 || column >= width) {
            throw new IndexOutOfBoundsException("pixel (" + row + ", " + column + ") of " + this);
        }
        return pixels[(channel * height + row) * width + column];
    }

    /** Copies all pixels to {@code target}, starting at {@code offset}, in channel, row, column order. */
    public void copyTo(float[] target, int offset) {
        System.arraycopy(pixels, 0, target, offset, pixels.length);
    }

    /** Writes all pixels to {@code target}, in channel, row, column order. */
    public void copyTo(FloatBuffer target) {
        target.put(pixels);
    }

    /** One channel, counted from 0, as a separate stamp. */
    public Stamp channel(int channel) {
        int size = height * width;
        return new Stamp(1, height, width, Arrays.copyOfRange(pixels, channel * size, (channel + 1) * size));
    }

    /**
     * The central {@code size x size} pixels: the pixel at {@code side / 2}, that of the candidate, becomes the one at
     * {@code size / 2}, for odd and even sides.
     *
     * @throws IllegalArgumentException if the stamp is smaller than that
     */
    public Stamp centreCrop(int size) {
        if (size < 1 || size > height || size > width) {
            throw new IllegalArgumentException("cannot crop " + this + " to " + size + "x" + size + " pixels");
        }
        if (size == height && size == width) {
            return this;
        }
        // side/2 - size/2 keeps the central pixel central for odd and even sides.
        int top = height / 2 - size / 2;
        int left = width / 2 - size / 2;
        float[] cropped = new float[channels * size * size];
        for (int channel = 0; channel < channels; channel++) {
            for (int row = 0; row < size; row++) {
                int source = (channel * height + top + row) * width + left;
                System.arraycopy(pixels, source, cropped, (channel * size + row) * size, size);
            }
        }
        return new Stamp(channels, size, size, cropped);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Stamp that
                && channels == that.channels
                && height == that.height
                && width == that.width
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "stamp of " + channels + "x" + height + "x" + width + " pixels";
    }
}
