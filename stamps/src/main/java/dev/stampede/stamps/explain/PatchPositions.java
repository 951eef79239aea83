package dev.stampede.stamps.explain;

import java.util.Arrays;

/**
 * The positions of a patch on a square stamp. Position (i, j) has its first row at i strides and its first column at j
 * strides; the last position of a row or column is moved to the stamp's edge, so that every pixel is covered.
 */
final class PatchPositions {
    private final int size;
    private final int patch;
    private final int stride;
    private final int side;
    private final int[][] hidden;
    private final int[] patchesOver;

    /** Throws IllegalArgumentException if the patch is larger than the stamp. */
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

    /** The number of positions per row, and of rows. */
    int side() {
        return side;
    }

    int count() {
        return hidden.length;
    }

    /** The pixels that the patch hides at {@code position}, counted row by row; must not be modified. */
    int[] hidden(int position) {
        return hidden[position];
    }

    /** Sets each pixel to the mean over the positions that hide it. */
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
     * Writes each value to the centre of its patch and pads them like {@code numpy.pad} in mode {@code minimum}: above and
     * below by the minimum of the column, then left and right by the minimum of the row. For a stride of 1 and an odd
     * patch.
     */
    void frame(float[] byPosition, float[] byPixel) {
        int margin = patch / 2;
        for (int row = 0; row < side; row++) {
            System.arraycopy(byPosition, row * side, byPixel, (row + margin) * size + margin, side);
        }
        for (int column = margin; column < margin + side; column++) {
            float min = Float.POSITIVE_INFINITY;
            for (int row = 0; row < side; row++) {
                min = Math.min(min, byPosition[row * side + column - margin]);
            }
            for (int row = 0; row < margin; row++) {
                byPixel[row * size + column] = min;
                byPixel[(size - 1 - row) * size + column] = min;
            }
        }
        for (int row = 0; row < size; row++) {
            float min = Float.POSITIVE_INFINITY;
            for (int column = margin; column < margin + side; column++) {
                min = Math.min(min, byPixel[row * size + column]);
            }
            Arrays.fill(byPixel, row * size, row * size + margin, min);
            Arrays.fill(byPixel, row * size + margin + side, (row + 1) * size, min);
        }
    }
}
