package dev.stampede.stamps.npy;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * A {@code .npy} file of N stamps: shape [N, pixels] with a square number of pixels, [N, rows, columns] or [N, planes,
 * rows, columns]. An array with N = 0 is empty, whatever its other axes. A stamp of float64 beyond the range of float is
 * scaled by a power of two. Integers have no masked pixels, and get back a rounding error of -0.5 to 0.5. Not thread-safe.
 */
public final class StampFile implements AutoCloseable, Iterable<Stamp> {
    /** Consecutive stamps are read in blocks of about this many pixels. */
    private static final int PIXELS_AT_ONCE = 1 << 14;

    /** Far above the smallest float, so that no pixel of a stamp loses digits. */
    private static final float MIN_SCALE = 1e-25f;

    private static final long DITHER_SEED = 1;

    private final NpyArray array;
    private final StampLayout layout;
    private final float[] block;
    private final int blockRows;
    private long blockFirst;
    private int blockCount;

    private StampFile(NpyArray array, StampLayout layout) {
        this.array = array;
        this.layout = layout;
        int rowSize = Math.max(1, array.rowSize());
        blockRows = (int) Math.min(Math.max(1, PIXELS_AT_ONCE / rowSize), array.rows());
        block = new float[blockRows * array.rowSize()];
    }

    /**
     * Opens the stamps in {@code file}.
     *
     * @throws NpyFormatException if the file is not such an array
     * @throws FileAccessException if it is absent or cannot be read
     */
    public static StampFile open(Path file) {
        NpyArray array = NpyArray.open(file);
        try {
            return new StampFile(array, StampLayout.of(array.shape(), array.rowSize(), file));
        } catch (RuntimeException | OutOfMemoryError failure) {
            array.close();
            throw failure;
        }
    }

    /** The number of stamps. */
    public long size() {
        return array.rows();
    }

    /** Planes of each stamp; 0 for an empty array. */
    public int planes() {
        return layout.planes();
    }

    /** Rows of each stamp, pixels; 0 for an empty array. */
    public int height() {
        return layout.height();
    }

    /** Columns of each stamp, pixels; 0 for an empty array. */
    public int width() {
        return layout.width();
    }

    /**
     * The stamp at {@code index}, counted from 0.
     *
     * @throws IndexOutOfBoundsException if there is none
     * @throws FileAccessException if the file cannot be read
     */
    public Stamp stamp(long index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException("stamp " + index + " of " + size());
        }
        if (index < blockFirst || index >= blockFirst + blockCount) {
            int count = (int) Math.min(blockRows, size() - index);
            blockCount = 0; // invalid until the read succeeds
            array.read(index, count, block, 0);
            blockFirst = index;
            blockCount = count;
        }
        float[] pixels = new float[array.rowSize()];
        System.arraycopy(block, (int) (index - blockFirst) * pixels.length, pixels, 0, pixels.length);
        if (array.isDouble() && !fitsFloat(pixels)) {
            scale(array.readDoubles(index), pixels);
        } else if (array.isInteger()) {
            dither(pixels);
        }
        return Stamp.of(layout.planes(), layout.height(), layout.width(), pixels);
    }

    /** Whether no magnitude exceeded the range of float, and not all are below it. */
    private static boolean fitsFloat(float[] pixels) {
        float max = 0;
        for (float pixel : pixels) {
            max = Float.isNaN(pixel) ? max : Math.max(max, Math.abs(pixel));
        }
        return max >= MIN_SCALE && max <= Float.MAX_VALUE;
    }

    /** Scales by a power of two, so that the brightest pixel is 1 to 2: recipes are independent of the scale. */
    private static void scale(double[] values, float[] pixels) {
        double max = 0;
        for (double value : values) {
            max = Double.isFinite(value) ? Math.max(max, Math.abs(value)) : max;
        }
        int exponent = max > 0 ? Math.getExponent(max) : 0;
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) Math.scalb(values[i], -exponent);
        }
    }

    /**
     * Adds uniform noise of -0.5 to 0.5, the same to each stamp, which replaces the rounding error of integers (dithering).
     * Without it coarse integers have few distinct values, and their zeros would be taken for masked pixels.
     */
    private static void dither(float[] pixels) {
        SplittableRandom random = new SplittableRandom(DITHER_SEED);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] += (float) random.nextDouble(-0.5, 0.5);
        }
    }

    /** All stamps in order, read lazily. */
    @Override
    public Iterator<Stamp> iterator() {
        return new Iterator<>() {
            private long next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Stamp next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return stamp(next++);
            }
        };
    }

    @Override
    public void close() {
        array.close();
    }
}
