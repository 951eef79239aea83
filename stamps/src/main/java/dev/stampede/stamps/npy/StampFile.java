package dev.stampede.stamps.npy;

import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A {@code .npy} file of N stamps: shape [N, pixels] with a square number of pixels, [N, rows, columns] or [N, planes,
 * rows, columns]. An array with N = 0 is empty, whatever its other axes. Not thread-safe.
 */
public final class StampFile implements AutoCloseable, Iterable<Stamp> {
    /** Consecutive stamps are read in blocks of about this many pixels. */
    private static final int PIXELS_AT_ONCE = 1 << 14;

    private final NpyArray array;
    private final int planes;
    private final int height;
    private final int width;
    private final float[] block;
    private final int blockRows;
    private long blockFirst;
    private int blockCount;

    private StampFile(NpyArray array, int planes, int height, int width) {
        this.array = array;
        this.planes = planes;
        this.height = height;
        this.width = width;
        int rowSize = Math.max(1, array.rowSize());
        blockRows = (int) Math.min(Math.max(1, PIXELS_AT_ONCE / rowSize), array.rows());
        block = new float[blockRows * array.rowSize()];
    }

    /**
     * Opens the stamps in {@code file}.
     *
     * @throws NpyFormatException if the file is not such an array
     * @throws NpyAccessException if it is absent or cannot be read
     */
    public static StampFile open(Path file) {
        NpyArray array = NpyArray.open(file);
        try {
            return of(array, file);
        } catch (RuntimeException | OutOfMemoryError failure) {
            array.close();
            throw failure;
        }
    }

    private static StampFile of(NpyArray array, Path file) {
        List<Long> shape = array.shape();
        int size = array.rowSize();
        int side = (int) Math.round(Math.sqrt(size));
        if (!shape.isEmpty() && array.rows() == 0 && (shape.size() < 2 || size == 0)) {
            return new StampFile(array, 0, 0, 0);
        }
        if (size > 0) {
            switch (shape.size()) {
                case 2 -> {
                    if (side * side == size) {
                        return new StampFile(array, 1, side, side);
                    }
                }
                case 3 -> {
                    return new StampFile(array, 1, axis(shape, 1), axis(shape, 2));
                }
                case 4 -> {
                    return new StampFile(array, axis(shape, 1), axis(shape, 2), axis(shape, 3));
                }
                default -> {}
            }
        }
        throw new NpyFormatException(
                file,
                "holds an array of shape " + shape + ", not stamps; reshape it to (N, rows, columns) or"
                        + " (N, planes, rows, columns)");
    }

    // Within int, as the product of the axes is.
    private static int axis(List<Long> shape, int axis) {
        return shape.get(axis).intValue();
    }

    /** The number of stamps. */
    public long size() {
        return array.rows();
    }

    /** Planes of each stamp; 0 for an empty array. */
    public int planes() {
        return planes;
    }

    /** Rows of each stamp, pixels; 0 for an empty array. */
    public int height() {
        return height;
    }

    /** Columns of each stamp, pixels; 0 for an empty array. */
    public int width() {
        return width;
    }

    /**
     * The stamp at {@code index}, counted from 0.
     *
     * @throws IndexOutOfBoundsException if there is none
     * @throws NpyAccessException if the file cannot be read
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
        return Stamp.of(planes, height, width, pixels);
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
