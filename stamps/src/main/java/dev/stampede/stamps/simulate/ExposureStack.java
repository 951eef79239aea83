package dev.stampede.stamps.simulate;

/**
 * The exposures of one candidate, cut out along its trajectory, before coaddition, in the frame in which a true object is
 * at rest. Arrays are reused.
 */
final class ExposureStack {
    final StackShape shape;
    /** Exposure, row, column; counts. */
    final float[] pixels;
    /** Exposure, row, column; whether the pixel is unusable. */
    final boolean[] masked;
    /** Noise of a pixel, counts. */
    final double[] sigma;
    /** Standard deviation of the point-spread function's core, pixels. */
    final double[] seeingSigmaPixels;
    /** Correlation of the noise along columns and along rows; the noise of an exposure is separable. */
    final NoiseKernel[] alongRow;

    final NoiseKernel[] alongColumn;

    /** The number of exposures. */
    int exposures;
    /** The motion of the object on the sky from the first exposure to the last, in rows. */
    double trailRows;
    /** The same in columns. */
    double trailColumns;

    ExposureStack(StackShape shape) {
        this.shape = shape;
        int exposures = shape.maxExposures();
        pixels = new float[exposures * shape.pixels()];
        masked = new boolean[exposures * shape.pixels()];
        sigma = new double[exposures];
        seeingSigmaPixels = new double[exposures];
        alongRow = new NoiseKernel[exposures];
        alongColumn = new NoiseKernel[exposures];
        for (int i = 0; i < exposures; i++) {
            alongRow[i] = new NoiseKernel();
            alongColumn[i] = new NoiseKernel();
        }
    }

    /** The time of the exposure, from -0.5 for the first to 0.5 for the last; 0 for a single one. */
    double time(int exposure) {
        return exposures == 1 ? 0 : (double) exposure / (exposures - 1) - 0.5;
    }

    /** Adds {@code amplitude} times the signal, exposure by exposure. */
    void add(SignalStack signal, double amplitude) {
        float factor = (float) amplitude;
        for (int i = 0; i < exposures * shape.pixels(); i++) {
            pixels[i] += factor * signal.values[i];
        }
    }
}
