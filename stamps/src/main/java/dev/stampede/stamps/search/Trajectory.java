package dev.stampede.stamps.search;

/**
 * A linear motion that begins at the centre of a pixel of the first exposure.
 *
 * @param column of the first exposure, from 0
 * @param row of the first exposure, from 0
 * @param velocity the motion
 */
public record Trajectory(int column, int row, Velocity velocity) {
    /** The column of the pixel at that time; it may lie outside of the image. */
    public int columnAt(double days) {
        return column + velocity.columnShift(days);
    }

    /** The row of the pixel at that time; it may lie outside of the image. */
    public int rowAt(double days) {
        return row + velocity.rowShift(days);
    }
}
