package dev.stampede.stamps.search;

/**
 * A motion on the grid of pixels.
 *
 * @param columnsPerDay along columns, pixels/day
 * @param rowsPerDay along rows, pixels/day
 */
public record Velocity(double columnsPerDay, double rowsPerDay) {
    /** The columns from the start to the pixel at that time, rounded half up as KBMOD does. */
    int columnShift(double days) {
        return (int) Math.floor(columnsPerDay * days + 0.5);
    }

    /** The rows from the start to the pixel at that time. */
    int rowShift(double days) {
        return (int) Math.floor(rowsPerDay * days + 0.5);
    }
}
