package dev.stampede.stamps.explain;

import java.util.Arrays;

/** Values on rows and columns, row 0 first as in the stamp. Immutable. */
public final class Grid {
    private final int rows;
    private final int columns;
    private final float[] values;

    private Grid(int rows, int columns, float[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /** A grid of the first {@code rows x columns} of {@code values}, row by row, copied. */
    public static Grid of(int rows, int columns, float[] values) {
        return new Grid(rows, columns, Arrays.copyOf(values, rows * columns));
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The value at {@code row}, {@code column}, each counted from 0. */
    public float at(int row, int column) {
        if (row < 0 || row >= rows || column < 0 || column >= columns) {
            throw new IndexOutOfBoundsException(
                    "(" + row + ", " + column + ") of a grid of " + rows + "x" + columns + " values");
        }
        return values[row * columns + column];
    }

    /** Copies all values to {@code target} starting at {@code offset}, row by row. */
    public void copyTo(float[] target, int offset) {
        System.arraycopy(values, 0, target, offset, values.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grid that
                && rows == that.rows
                && columns == that.columns
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "grid of " + rows + "x" + columns + " values";
    }
}
