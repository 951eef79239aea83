package dev.stampede.stamps.stamp;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * The image of one candidate: one or more planes, coadds or cutouts, of the same small area of sky, centred on the candidate.
 *
 * <p>Pixels are in plane, row, column order; units are those of the survey (counts, nanojansky), as recipes
 * are independent of offset and scale. A masked pixel is NaN. Row 0 is the first row of the file, never flipped. Immutable: the
 * pixels are copied.
 */
public final class Stamp {
    private final int planes;
    private final int height;
    private final int width;
    private final float[] pixels;
    private final CandidateFeatures features;

    private Stamp(int planes, int height, int width, float[] pixels, CandidateFeatures features) {
        this.planes = planes;
        this.height = height;
        this.width = width;
        this.pixels = pixels;
        this.features = features;
    }

    /**
     * A stamp of {@code planes x height x width} pixels, copied from {@code pixels}; infinities become masked (NaN).
     *
     * @throws IllegalArgumentException if a dimension is below 1 or the number of pixels is not their product
     */
    public static Stamp of(int planes, int height, int width, float[] pixels) {
        if (planes < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a stamp needs one or more pixels, not " + planes + "x" + height + "x" + width);
        }
        if ((long) planes * height * width != pixels.length) {
            throw new IllegalArgumentException(
                    "a stamp of " + planes + "x" + height + "x" + width + " cannot have " + pixels.length + " pixels");
        }
        return new Stamp(planes, height, width, maskInfinities(pixels.clone()), CandidateFeatures.NONE);
    }

    /**
     * A stamp of {@code height x width} pixels whose planes are the remaining elements of {@code buffers}, in order;
     * infinities become masked (NaN). Moves the positions of the buffers to their limits.
     *
     * @throws IllegalArgumentException if there is no buffer, a dimension is below 1 or the pixels of a buffer are not
     *     their product
     */
    public static Stamp read(int height, int width, List<FloatBuffer> buffers) {
        if (buffers.isEmpty() || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "a stamp needs one or more pixels, not " + buffers.size() + "x" + height + "x" + width);
        }
        int size = Math.multiplyExact(height, width);
        float[] pixels = new float[Math.multiplyExact(buffers.size(), size)];
        for (int plane = 0; plane < buffers.size(); plane++) {
            FloatBuffer buffer = buffers.get(plane);
            if (buffer.remaining() != size) {
                throw new IllegalArgumentException(
                        "a plane of " + height + "x" + width + " cannot have " + buffer.remaining() + " pixels");
            }
            buffer.get(pixels, plane * size, size);
        }
        return new Stamp(buffers.size(), height, width, maskInfinities(pixels), CandidateFeatures.NONE);
    }

    private static float[] maskInfinities(float[] pixels) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] += 0 * pixels[i]; // adds 0 to a number and NaN to an infinity, in vector instructions
        }
        return pixels;
    }

    public int planes() {
        return planes;
    }

    /** The number of pixels of all planes together. */
    public int pixels() {
        return pixels.length;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    /** The pixel at {@code row}, {@code column} of {@code plane}, each counted from 0; NaN if masked. */
    public float pixel(int plane, int row, int column) {
        if (row < 0 || row >= height || column < 0 || column >= width) {
            throw new IndexOutOfBoundsException("pixel (" + row + ", " + column + ") of " + this);
        }
        return pixels[(plane * height + row) * width + column];
    }

    /** Copies all pixels to {@code target}, starting at {@code offset}, in plane, row, column order. */
    public void copyTo(float[] target, int offset) {
        System.arraycopy(pixels, 0, target, offset, pixels.length);
    }

    /** Writes all pixels to {@code target}, in plane, row, column order. */
    public void copyTo(FloatBuffer target) {
        target.put(pixels);
    }

    /** What the search knows of the candidate; {@link CandidateFeatures#NONE} unless it was added. Crops and the like keep it. */
    public CandidateFeatures features() {
        return features;
    }

    /** The same image of a candidate of which {@code known} is known. */
    public Stamp withFeatures(CandidateFeatures known) {
        return new Stamp(planes, height, width, pixels, known);
    }

    /** The same with the sign of every pixel changed in the planes, counted from 0, that {@code chosen} accepts. */
    public Stamp negated(IntPredicate chosen) {
        float[] signed = pixels.clone();
        for (int i = 0; i < signed.length; i++) {
            if (chosen.test(i / (height * width))) {
                signed[i] = -signed[i];
            }
        }
        return new Stamp(planes, height, width, signed, features);
    }

    /** One plane, counted from 0, as a separate stamp. */
    public Stamp plane(int plane) {
        int size = height * width;
        return new Stamp(1, height, width, Arrays.copyOfRange(pixels, plane * size, (plane + 1) * size), features);
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
        return centreCropWithin(size);
    }

    /** The same, but a side that is shorter than {@code size}, 1 or more, keeps its length. */
    public Stamp centreCropWithin(int size) {
        int rows = Math.min(size, height);
        int columns = Math.min(size, width);
        if (rows == height && columns == width) {
            return this;
        }
        // side/2 - size/2 keeps the central pixel central for odd and even sides.
        int top = height / 2 - rows / 2;
        int left = width / 2 - columns / 2;
        float[] cropped = new float[planes * rows * columns];
        for (int plane = 0; plane < planes; plane++) {
            for (int row = 0; row < rows; row++) {
                int source = (plane * height + top + row) * width + left;
                System.arraycopy(pixels, source, cropped, (plane * rows + row) * columns, columns);
            }
        }
        return new Stamp(planes, rows, columns, cropped, features);
    }

    /**
     * The stamp in the centre of {@code rows x columns} pixels, of which the others are masked: the pixel at
     * {@code side / 2}, that of the candidate, stays there.
     *
     * @throws IllegalArgumentException if the stamp is larger than that
     */
    public Stamp centrePad(int rows, int columns) {
        return pad(rows, columns, rows / 2 - height / 2, columns / 2 - width / 2);
    }

    /**
     * The stamp with masked pixels around it, so that the pixel at {@code row}, {@code column}, each counted from 0, is
     * that of the candidate.
     *
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public Stamp centredOn(int row, int column) {
        int halfRows = Math.max(Objects.checkIndex(row, height), height - 1 - row);
        int halfColumns = Math.max(Objects.checkIndex(column, width), width - 1 - column);
        return pad(2 * halfRows + 1, 2 * halfColumns + 1, halfRows - row, halfColumns - column);
    }

    /**
     * The stamp in the first rows and columns of {@code rows x columns} pixels, of which the others are masked.
     *
     * @throws IllegalArgumentException if the stamp is larger than that
     */
    public Stamp cornerPad(int rows, int columns) {
        return pad(rows, columns, 0, 0);
    }

    private Stamp pad(int rows, int columns, int top, int left) {
        if (rows < height || columns < width) {
            throw new IllegalArgumentException("cannot pad " + this + " to " + rows + "x" + columns + " pixels");
        }
        if (rows == height && columns == width) {
            return this;
        }
        float[] padded = new float[planes * rows * columns];
        Arrays.fill(padded, Float.NaN);
        for (int plane = 0; plane < planes; plane++) {
            for (int row = 0; row < height; row++) {
                int target = (plane * rows + top + row) * columns + left;
                System.arraycopy(pixels, (plane * height + row) * width, padded, target, width);
            }
        }
        return new Stamp(planes, rows, columns, padded, features);
    }

    /**
     * One stamp with the planes of all {@code stamps}, in order, and the features of the first; smaller ones are padded with
     * masked pixels.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Stamp join(List<Stamp> stamps) {
        int rows = stamps.stream().mapToInt(Stamp::height).max().orElse(0);
        int columns = stamps.stream().mapToInt(Stamp::width).max().orElse(0);
        return read(
                        rows,
                        columns,
                        stamps.stream()
                                .map(stamp -> FloatBuffer.wrap(stamp.centrePad(rows, columns).pixels))
                                .toList())
                .withFeatures(stamps.get(0).features);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Stamp that
                && planes == that.planes
                && height == that.height
                && width == that.width
                && Arrays.equals(pixels, that.pixels)
                && features.equals(that.features);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "stamp of " + planes + "x" + height + "x" + width + " pixels";
    }
}
