package dev.stampede.training.network;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * The stamps of an array of the engine, float32 [N, channel, row, column], one by one as rows on the heap: loops over
 * heap arrays are what Java turns into vector instructions. A row fits the nearest caches, so copying it costs little.
 */
final class Rows {
    private final FloatBuffer values;
    private final int count;
    private final int length;

    private Rows(FloatBuffer values, int count, int length) {
        this.values = values;
        this.count = count;
        this.length = length;
    }

    /** The rows of {@code array}, to be read; copies it first where its order in memory is another. */
    static Rows of(INDArray array) {
        return over(Shape.hasDefaultStridesForShape(array) ? array : array.dup('c'));
    }

    /**
     * The rows of {@code array}, to be written: one just made in c order. Its strides are not asked, for where stamps
     * are one pixel large the engine has several names for the same order.
     */
    static Rows into(INDArray array) {
        if (array.ordering() != 'c' || array.isView()) {
            throw new IllegalArgumentException("rows cannot be written to a view or to an array in f order");
        }
        return over(array);
    }

    private static Rows over(INDArray array) {
        int count = (int) array.size(0);
        return new Rows(array.data().asNioFloat().slice(), count, (int) (array.length() / count));
    }

    /** How many stamps. */
    int count() {
        return count;
    }

    /** Values of a stamp: channels times rows times columns. */
    int length() {
        return length;
    }

    /** Fills {@code target} with the values of {@code stamp}. */
    void read(int stamp, float[] target) {
        values.get(stamp * length, target);
    }

    /** Takes the values of {@code stamp} from {@code source}. */
    void write(int stamp, float[] source) {
        values.put(stamp * length, source);
    }
}
