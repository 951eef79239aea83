package dev.stampede.stamps.explain;

import java.util.Arrays;

/**
 * Where a patch lies on a square stamp. Position (i, j) has its first row at i strides and its first column at j
 * strides; the last position of a row or column is moved up to the stamp's edge, so that no pixel is left out.
 */
final class PatchPositions {
    private final int size;
    private final int patch;
    private final int stride;
    private final int side;
    private final int[][] hidden;
    private final int[] patchesOver;

    /** Throws IllegalArgumentException where the patch is larger than the stamp. */
    PatchPositions(int size, int patch, int stride) {
        if (patch > size) {
            throw new IllegalArgumentException("a patch of " + patch + " pixels does not fit a stamp of " + size + "x"
                    + size + " pixels; the patch must be 1 to " + size);
        }
        this.size = size;
        this.patch = patch;
        this.stride = stride;
        side = (size - patch + stride - 1) / stride + 1;
        hidden = new int[side * side][];
        patchesOver = new int[size * size];
        for (int position = 0; position < hidden.length; position++) {
            hidden[position] = pixelsAt(first(position / side), first(position % side));
            for (int pixel : hidden[position]) {
                patchesOver[pixel]++;
            }
        }
    }

    private int first(int step) {
        return Math.min(step * stride, size - patch);
    }

    private int[] pixelsAt(int firstRow, int firstColumn) {
        int[] pixels = new int[patch * patch];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (firstRow + i / patch) * size + firstColumn + i % patch;
        }
        return pixels;
    }

    /** Positions in a row, and rows of them. */
    int side() {
        return side;
    }

    int count() {
        return hidden.length;
    }

    /** The pixels that the patch hides at {@code position}, which counts row by row; not to be written to. */
    int[] hidden(int position) {
        return hidden[position];
    }

    /** Gives each pixel the mean over the positions that hide it. */
    void spread(float[] byPosition, float[] byPixel) {
        double[] sums = new double[byPixel.length];
        for (int position = 0; position < hidden.length; position++) {
            for (int pixel : hidden[position]) {
                sums[pixel] += byPosition[position];
            }
        }
        for (int pixel = 0; pixel < byPixel.length; pixel++) {
            byPixel[pixel] = (float) (sums[pixel] / patchesOver[pixel]);
        }
    }

    /**
     * Puts each value at the centre of its patch, and frames them as numpy's {@code pad} does in its mode
     * {@code minimum}: above and below by the least of the column, then left and right by the least of the row. For a
     * stride of 1 and an odd patch.
     */
    void frame(float[] byPosition, float[] byPixel) {
        int margin = patch / 2;
        for (int row = 0; row < side; row++) {
            System.arraycopy(byPosition, row * side, byPixel, (row + margin) * size + margin, side);
        }
        for (int column = margin; column < margin + side; column++) {
            float least = Float.POSITIVE_INFINITY;
            for (int row = 0; row < side; row++) {
                least = Math.min(least, byPosition[row * side + column - margin]);
            }
            for (int row = 0; row < margin; row++) {
                byPixel[row * size + column] = least;
                byPixel[(size - 1 - row) * size + column] = least;
            }
        }
        for (int row = 0; row < size; row++) {
            float least = Float.POSITIVE_INFINITY;
            for (int column = margin; column < margin + side; column++) {
                least = Math.min(least, byPixel[row * size + column]);
            }
            Arrays.fill(byPixel, row * size, row * size + margin, least);
            Arrays.fill(byPixel, row * size + margin + side, (row + 1) * size, least);
        }
    }
}
