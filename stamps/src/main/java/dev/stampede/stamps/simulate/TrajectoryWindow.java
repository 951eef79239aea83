package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;

/** The pixels of each exposure that belong to the stamp along a trajectory. */
final class TrajectoryWindow {
    /** Index, in the arrays of a stack, of the stamp's first pixel in each exposure. */
    final int[] origin;

    private int rowShift;
    private int columnShift;
    private boolean shifted;

    TrajectoryWindow(StackShape shape) {
        origin = new int[shape.maxExposures()];
    }

    /** The trajectory that the stack was cut along. */
    void centre(ExposureStack stack) {
        shift(stack, 0, 0, 0, 0);
        shifted = false;
    }

    /**
     * The trajectory of the {@code member}-th stamp of a group: the first is that of the stack; another is shifted by up to
     * a pixel, or faster or slower by two pixels over the stack, or both, within the margin of the stack.
     */
    void trajectory(ExposureStack stack, int member, RandomStream random) {
        if (member == 0) {
            centre(stack);
            return;
        }
        int row = random.below(3) - 1;
        int column = random.below(3) - 1;
        int rowDrift = 2 * (random.below(3) - 1);
        int columnDrift = 2 * (random.below(3) - 1);
        boolean same = row == 0 && column == 0 && rowDrift == 0 && columnDrift == 0;
        shift(stack, row, same ? 1 : column, rowDrift, columnDrift);
        shifted = true;
    }

    private void shift(ExposureStack stack, int row, int column, int rowDrift, int columnDrift) {
        rowShift = row;
        columnShift = column;
        for (int t = 0; t < stack.exposures; t++) {
            int r = StackShape.MARGIN + row + (int) Math.rint(rowDrift * stack.time(t));
            int c = StackShape.MARGIN + column + (int) Math.rint(columnDrift * stack.time(t));
            origin[t] = t * stack.shape.pixels() + r * stack.shape.side() + c;
        }
    }

    boolean isShifted() {
        return shifted;
    }

    /** The offset of the stamp's centre from that of the stack in the middle exposure, in rows. */
    int rowShift() {
        return rowShift;
    }

    /** The same in columns. */
    int columnShift() {
        return columnShift;
    }
}
