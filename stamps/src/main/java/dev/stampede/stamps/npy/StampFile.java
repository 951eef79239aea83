package dev.stampede.stamps.npy;

import dev.stampede.stamps.error.FileAccessException;
import dev.stampede.stamps.stamp.FloatRange;
import dev.stampede.stamps.stamp.IntegerImage;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A {@code .npy} file of N stamps, or the one array of a {@code .npz} archive: shape [N, pixels] with a square number of
 * pixels, [N, rows, columns], [N, planes, rows, columns] or [N, rows, columns, planes], one stamp [side, side], or what a
 * {@link StampReading} says. An array with N = 0 is empty, whatever its other axes. A stamp of float64 beyond the range of
 * float is scaled by a power of two. Of integers and coarse whole numbers only patches of zeros are masked ({@link
 * IntegerImage}); before exposures are combined, a zero of a float is masked. Not thread-safe.
 */
public final class StampFile implements AutoCloseable, Iterable<Stamp> {
    /** Consecutive stamps are read in blocks of about this many pixels. */
    private static final int PIXELS_AT_ONCE = 1 << 14;

    private final NpyArray array;
    private final StampLayout layout;
    private final StampReading reading;
    private final float[] block;
    private final int blockRows;
    private long blockFirst;
    private int blockCount;

    private StampFile(NpyArray array, StampLayout layout, StampReading reading) {
        this.array = array;
        this.layout = layout;
        this.reading = reading;
        int rowSize = Math.max(1, array.rowSize());
        long rows = layout.isSingle() ? array.rows() : Math.max(1, PIXELS_AT_ONCE / rowSize);
        blockRows = (int) Math.min(rows, array.rows());
        block = new float[Math.multiplyExact(blockRows, array.rowSize())];
    }

    /** Opens the stamps in {@code file} if its shape has one reading only. */
    public static StampFile open(Path file) {
        return open(file, StampReading.DEFAULT);
    }

    /**
     * Opens the stamps in {@code file}.
     *
     * @throws NpyFormatException if the file is not such an array, or is ambiguous
     * @throws FileAccessException if it is absent or cannot be read
     */
    public static StampFile open(Path file, StampReading reading) {
        NpyArray array = NpyArray.open(file, reading.columns());
        try {
            return new StampFile(array, StampLayout.of(array.shape(), array.rowSize(), reading, file), reading);
        } catch (ArithmeticException overflow) {
            array.close();
            throw new NpyFormatException(file, "holds an array of shape " + array.shape() + ", too large for stamps");
        } catch (RuntimeException | OutOfMemoryError failure) {
            array.close();
            throw failure;
        }
    }

    /** The number of stamps. */
    public long size() {
        return layout.isSingle() ? 1 : array.rows();
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
        long first = layout.isSingle() ? 0 : index;
        if (first < blockFirst || first >= blockFirst + blockCount) {
            int count = (int) Math.min(blockRows, array.rows() - first);
            blockCount = 0; // invalid until the read succeeds
            array.read(first, count, block, 0);
            blockFirst = first;
            blockCount = count;
        }
        int rows = layout.isSingle() ? blockRows : 1;
        float[] elements = new float[rows * array.rowSize()];
        System.arraycopy(block, (int) (first - blockFirst) * array.rowSize(), elements, 0, elements.length);
        if (array.isDouble() && !FloatRange.holds(elements)) {
            elements = FloatRange.pixels(array.readDoubles(first, rows));
        }
        return Stamp.of(layout.planes(), layout.height(), layout.width(), pixels(layout.arrange(elements)));
    }

    private float[] pixels(float[] pixels) {
        IntegerImage.restore(pixels, array.isInteger(), layout.height(), layout.width());
        int size = layout.planes() * layout.height() * layout.width();
        return reading.coadd()
                .map(coadd -> coadd.combine(pixels, layout.exposures(), size))
                .orElse(pixels);
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
