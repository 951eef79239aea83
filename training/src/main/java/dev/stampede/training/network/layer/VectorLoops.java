package dev.stampede.training.network.layer;

/**
 * The inner loops of training over the values of one stamp, simple enough for the JIT compiler to vectorise: one index, no
 * branch, arrays of the same length.
 */
final class VectorLoops {
    private VectorLoops() {}

    /** Adds the differences from {@code pivot} to {@code sums} and their squares to {@code squares}. */
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

    /** ReLU in place. */
    static void relu(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, values[i]);
        }
    }

    /**
     * Sets the gradient to 0 if the input or output of the ReLU is not above 0. The factor is exactly 1 or 0 except for
     * values below 3e-39.
     */
    static void keepWherePositive(float[] values, float[] gradient) {
        for (int i = 0; i < values.length; i++) {
            gradient[i] *= Math.min(1, Math.max(0, values[i]) * Float.MAX_VALUE);
        }
    }

    /** Adds the values to {@code sums}. */
    static void add(float[] values, float[] sums) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += values[i];
        }
    }

    /** Adds the gradients to {@code sums} and their products with value - mean to {@code products}. */
    static void addProducts(float[] values, float[] mean, float[] gradient, float[] sums, float[] products) {
        for (int i = 0; i < values.length; i++) {
            sums[i] += gradient[i];
            products[i] += gradient[i] * (values[i] - mean[i]);
        }
    }

    /** {@code scale (gradient - offset - (value - mean) slope)}, written to the gradient. */
    static void denormalise(
            float[] values, float[] mean, float[] scale, float[] offset, float[] slope, float[] gradient) {
        for (int i = 0; i < values.length; i++) {
            gradient[i] = scale[i] * (gradient[i] - offset[i] - (values[i] - mean[i]) * slope[i]);
        }
    }
}
