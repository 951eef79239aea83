package dev.stampede.training.network;

/**
 * The loops over the values of one stamp that take the time when a network is fitted, each so plain that Java turns it
 * into vector instructions: one index, no branch, arrays of one length.
 */
final class RowLoops {
    private RowLoops() {}

    /** Adds each value's distance from {@code pivot} to {@code sums} and the square of it to {@code squares}. */
    static void addMoments(float[] values, float[] pivot, float[] sums, float[] squares) {
        for (int i = 0; i < values.length; i++) {
            float distance = values[i] - pivot[i];
            sums[i] += distance;
            squares[i] += distance * distance;
        }
    }

    /** {@code (value - mean) scale + shift}. */
    static void normalise(float[] values, float[] mean, float[] scale, float[] shift, float[] results) {
        for (int i = 0; i < values.length; i++) {
            results[i] = (values[i] - mean[i]) * scale[i] + shift[i];
        }
    }

    /** The value where it is above 0, else 0. */
    static void rectify(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, values[i]);
        }
    }

    /**
     * Keeps the gradient where what was rectified, or its rectified value, is above 0, and clears it elsewhere. The
     * factor is 1 or 0 but for values below 3e-39.
     */
    static void keepWherePositive(float[] values, float[] gradient) {
        for (int i = 0; i < values.length; i++) {
            gradient[i] *= Math.min(1, Math.max(0, values[i]) * Float.MAX_VALUE);
        }
    }

    /** Adds to {@code sums}. */
    static void add(float[] values, float[] sums) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += values[i];
        }
    }

    /** Adds the gradients to {@code sums} and their products with the values' distances from the mean to {@code products}. */
    static void addProducts(float[] values, float[] mean, float[] gradient, float[] sums, float[] products) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += gradient[i];
            products[i] += gradient[i] * (values[i] - mean[i]);
        }
    }

    /** {@code scale (gradient - offset - (value - mean) slope)}, in the place of the gradient. */
    static void denormalise(
            float[] values, float[] mean, float[] scale, float[] offset, float[] slope, float[] gradient) {
        for (int i = 0; i < values.length; i++) {
            gradient[i] = scale[i] * (gradient[i] - offset[i] - (values[i] - mean[i]) * slope[i]);
        }
    }
}
