package dev.stampede.stamps.simulate;

/**
 * The exposures of one candidate, cut out along its trajectory, before coaddition, in the frame in which a true object is
 * at rest. Larger than a stamp by a margin, so that a slightly different trajectory covers the same sky. Arrays are
 * reused.
 */
final class ExposureStack {
    /** Rows and columns of a stamp. */
    static final int SIZE = 21;
    /** Pixels around the stamp on each side. */
    static final int MARGIN = 2;
    /** Rows and columns of an exposure. */
    static final int SIDE = SIZE + 2 * MARGIN;
    /** Row and column of the candidate in an exposure. */
    static final int CENTRE = SIDE / 2;
    /** Pixels of an exposure. */
    static final int PIXELS = SIDE * SIDE;

    static final int MIN_EXPOSURES = 10;
    static final int MAX_EXPOSURES = 30;

    /** Exposure, row, column; counts. */
    final float[] pixels = new float[MAX_EXPOSURES * PIXELS];
    /** Exposure, row, column; whether the pixel is unusable. */
    final boolean[] masked = new boolean[MAX_EXPOSURES * PIXELS];
    /** Noise of a pixel, counts. */
    final double[] sigma = new double[MAX_EXPOSURES];
    /** Standard deviation of the point-spread function's core, pixels. */
    final double[] seeingSigmaPixels = new double[MAX_EXPOSURES];
    /** Correlation of the noise along columns and along rows; the noise of an exposure is separable. */
    final NoiseKernel[] alongRow = new NoiseKernel[MAX_EXPOSURES];

    final NoiseKernel[] alongColumn = new NoiseKernel[MAX_EXPOSURES];

    /** The number of exposures. */
    int exposures;
    /** The motion of the object on the sky from the first exposure to the last, in rows. */
    double trailRows;
    /** The same in columns. */
    double trailColumns;

    ExposureStack() {
        for (int i = 0; i < MAX_EXPOSURES; i++) {
            alongRow[i] = new NoiseKernel();
            alongColumn[i] = new NoiseKernel();
        }
    }

    /** The time of the exposure, from -0.5 for the first to 0.5 for the last. */
    double time(int exposure) {
        return (double) exposure / (exposures - 1) - 0.5;
    }

    /** Adds {@code amplitude} times the signal, exposure by exposure. */
    void add(SignalStack signal, double amplitude) {
        float factor = (float) amplitude;
        for (int i = 0; i < exposures * PIXELS; i++) {
            pixels[i] += factor * signal.values[i];
        }
    }
}
