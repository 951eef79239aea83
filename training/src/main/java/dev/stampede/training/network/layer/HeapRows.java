package dev.stampede.training.network.layer;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * The stamps of a native array, float32 [N, channel, row, column], as rows on the heap, because Java vectorises only loops
 * over heap arrays. A row fits the L1 cache, so copying it is cheap.
 */
final class HeapRows {
    private final FloatBuffer values;
    private final int count;
    private final int length;

    private HeapRows(FloatBuffer values, int count, int length) {
        this.values = values;
        this.count = count;
        this.length = length;
    }

    /** The rows of {@code array} for reading; copies it first if its memory is not in C order. */
    static HeapRows of(INDArray array) {
        return over(Shape.hasDefaultStridesForShape(array) ? array : array.dup('c'));
    }

    /**
     * The rows of {@code array}, a new array in C order, for writing. Strides are not checked, because they are ambiguous
     * for stamps of one pixel.
     */
    static HeapRows into(INDArray array) {
        if (array.ordering() != 'c' || array.isView()) {
            throw new IllegalArgumentException("rows cannot be written to a view or to an array in f order");
        }
        return over(array);
    }

    private static HeapRows over(INDArray array) {
        int count = (int) array.size(0);
        return new HeapRows(array.data().asNioFloat().slice(), count, (int) (array.length() / count));
    }

    /** The number of stamps. */
    int count() {
        return count;
    }

    /** Values of a stamp: channels times rows times columns. */
    int length() {
        return length;
    }

    /** Copies the values of {@code stamp} to {@code target}. */
    void read(int stamp, float[] target) {
        values.get(stamp * length, target);
    }

    /** Copies the values of {@code stamp} from {@code source}. */
    void write(int stamp, float[] source) {
        values.put(stamp * length, source);
    }
}
