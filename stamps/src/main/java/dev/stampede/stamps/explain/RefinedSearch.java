package dev.stampede.stamps.explain;

import java.util.Arrays;

/**
 * Scores a coarse grid of positions and refines it where the probability may change: a cell is interpolated if its
 * corners, with a margin, keep the probability within a tolerance, and otherwise split in four, down to neighbouring
 * positions. The margin is taken in logits, which reveal a partly hidden source before the probability changes: half of
 * the spread of the corners, plus half of their drop from the original stamp, which reveals a source between them.
 *
 * <p>This does not bound the error; docs/lab/2026-11-25-occlusion-maps.md states the measured one.
 */
final class RefinedSearch implements PositionSearch {
    /** Less than a patch, so that every pixel is hidden at some scored position. */
    private static final int COARSE_STEP = 4;

    /** The range of probability that a cell of more than 2 steps may span. */
    private static final double COARSE_TOLERANCE = 0.1;

    /** The same for 2 steps: the pixel map averages over 25 positions, of which few lie between such corners. */
    private static final double FINE_TOLERANCE = 0.4;

    /** The part of the margin for noise, per step that a cell spans. */
    private static final double LOGIT_PER_STEP = 0.03;

    /** The resolution of a float32 softmax near 0 and 1. */
    private static final double MIN_PROBABILITY = 1e-7;

    private final int side;
    private final int[] coarse;
    private final float[] probabilities;
    private final boolean[] scored;
    private final boolean[] requestedBefore;
    private final int[] requested;
    private int requestedCount;
    private double originalLogit;
    private int passes;
    private Cell[] cells;
    private int cellCount;
    private Cell[] children;
    private int childCount;

    /** The positions between two rows and two columns, both inclusive. */
    private record Cell(int top, int left, int bottom, int right) {
        int span() {
            return Math.max(bottom - top, right - left);
        }
    }

    RefinedSearch(int side) {
        this.side = side;
        int count = side * side;
        coarse = new int[(side + COARSE_STEP - 2) / COARSE_STEP + 1];
        Arrays.setAll(coarse, i -> Math.min(i * COARSE_STEP, side - 1));
        probabilities = new float[count];
        scored = new boolean[count];
        requestedBefore = new boolean[count];
        requested = new int[count];
        cells = new Cell[count];
        children = new Cell[count];
    }

    @Override
    public void begin(float original) {
        originalLogit = logit(original);
        Arrays.fill(scored, false);
        Arrays.fill(requestedBefore, false);
        requestedCount = 0;
        passes = 0;
        cellCount = 0;
        for (int i = 0; i < coarse.length; i++) {
            for (int j = 0; j < coarse.length; j++) {
                request(coarse[i], coarse[j]);
                if (i > 0 && j > 0) {
                    cells[cellCount++] = new Cell(coarse[i - 1], coarse[j - 1], coarse[i], coarse[j]);
                }
            }
        }
    }

    private void request(int row, int column) {
        int position = row * side + column;
        if (!requestedBefore[position]) {
            requestedBefore[position] = true;
            requested[requestedCount++] = position;
        }
    }

    @Override
    public int requested() {
        return requestedCount;
    }

    @Override
    public int requested(int place) {
        return requested[place];
    }

    @Override
    public void record(int position, float probability) {
        probabilities[position] = probability;
        scored[position] = true;
        passes++;
    }

    @Override
    public boolean advance() {
        requestedCount = 0;
        childCount = 0;
        for (int i = 0; i < cellCount; i++) {
            Cell cell = cells[i];
            if (cell.span() > 1) {
                if (isFlat(cell)) {
                    interpolate(cell);
                } else {
                    split(cell);
                }
            }
        }
        Cell[] done = cells;
        cells = children;
        cellCount = childCount;
        children = done;
        return cellCount > 0;
    }

    private boolean isFlat(Cell cell) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int corner = 0; corner < 4; corner++) {
            int row = corner < 2 ? cell.top() : cell.bottom();
            int column = corner % 2 == 0 ? cell.left() : cell.right();
            double logit = logit(at(row, column));
            low = Math.min(low, logit);
            high = Math.max(high, logit);
        }
        double drop = Math.max(high, originalLogit) - Math.min(low, originalLogit);
        double margin = 0.5 * (high - low) + 0.5 * drop + LOGIT_PER_STEP * cell.span();
        double reach = logistic(high + margin) - logistic(low - margin);
        return reach <= (cell.span() > 2 ? COARSE_TOLERANCE : FINE_TOLERANCE);
    }

    private static double logit(double probability) {
        double clipped = Math.min(Math.max(probability, MIN_PROBABILITY), 1 - MIN_PROBABILITY);
        return Math.log(clipped / (1 - clipped));
    }

    private static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private void split(Cell cell) {
        int[] rows = breaks(cell.top(), cell.bottom());
        int[] columns = breaks(cell.left(), cell.right());
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                request(rows[i], columns[j]);
                if (i > 0 && j > 0) {
                    children[childCount++] = new Cell(rows[i - 1], columns[j - 1], rows[i], columns[j]);
                }
            }
        }
    }

    private static int[] breaks(int first, int last) {
        return last - first > 1 ? new int[] {first, (first + last) >>> 1, last} : new int[] {first, last};
    }

    /** Bilinear between the corners; scored positions keep their value. */
    private void interpolate(Cell cell) {
        for (int row = cell.top(); row <= cell.bottom(); row++) {
            float down = (float) (row - cell.top()) / (cell.bottom() - cell.top());
            float left = mix(at(cell.top(), cell.left()), at(cell.bottom(), cell.left()), down);
            float right = mix(at(cell.top(), cell.right()), at(cell.bottom(), cell.right()), down);
            for (int column = cell.left(); column <= cell.right(); column++) {
                float across = (float) (column - cell.left()) / (cell.right() - cell.left());
                if (!scored[row * side + column]) {
                    probabilities[row * side + column] = mix(left, right, across);
                }
            }
        }
    }

    private float at(int row, int column) {
        return probabilities[row * side + column];
    }

    private static float mix(float from, float to, float share) {
        return from + share * (to - from);
    }

    @Override
    public float probability(int position) {
        return probabilities[position];
    }

    @Override
    public int passes() {
        return passes;
    }
}
