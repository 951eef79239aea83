package dev.stampede.stamps.injection;

/**
 * The correlation of the noise of an image at distances of up to two rows and columns, as resampling and the convolution of a
 * template leave it. Immutable.
 */
final class NoiseCorrelation {
    private static final int REACH = 2;
    private static final int SIDE = 2 * REACH + 1;
    /** Pixels further from the median, in units of sigmaG, are sources or artefacts. */
    private static final double CLIP = 3;
    /** Correlations below that many standard errors are taken for 0. */
    private static final double SIGNIFICANT = 2;

    /** By row distance and column distance, from -{@value #REACH}. */
    private final double[] values;

    private NoiseCorrelation(double[] values) {
        this.values = values;
    }

    /**
     * Measures the noise of an image of {@code columns} columns.
     *
     * @param pixels row by row; NaN is masked
     */
    static NoiseCorrelation of(float[] pixels, int columns, double median, double sigma) {
        double[] noise = new double[pixels.length];
        for (int i = 0; i < noise.length; i++) {
            double value = (pixels[i] - median) / sigma;
            noise[i] = Math.abs(value) < CLIP ? value : Double.NaN; // NaN stays NaN
        }
        double[] values = new double[SIDE * SIDE];
        double variance = mean(noise, columns, 0, 0)[0];
        for (int r = -REACH; r <= REACH; r++) {
            for (int c = -REACH; c <= REACH; c++) {
                double[] product = mean(noise, columns, Math.abs(r), r < 0 ? -c : c);
                double correlation = variance > 0 ? product[0] / variance : 0;
                boolean significant = Math.abs(correlation) * Math.sqrt(product[1]) > SIGNIFICANT;
                values[(r + REACH) * SIDE + c + REACH] = r == 0 && c == 0 ? 1 : significant ? correlation : 0;
            }
        }
        return new NoiseCorrelation(values);
    }

    /** The mean product of pixels at that distance, and the number of pairs. */
    private static double[] mean(double[] noise, int columns, int down, int right) {
        double sum = 0;
        int pairs = 0;
        int rows = noise.length / columns;
        for (int r = 0; r < rows - down; r++) {
            for (int c = Math.max(0, -right); c < Math.min(columns, columns - right); c++) {
                double product = noise[r * columns + c] * noise[(r + down) * columns + c + right];
                if (!Double.isNaN(product)) {
                    sum += product;
                    pairs++;
                }
            }
        }
        return new double[] {pairs == 0 ? 0 : sum / pairs, pairs};
    }

    /** The variance of the noise through the filter {@code weights} of {@code size} rows and columns, for noise of variance 1. */
    double variance(float[] weights, int size) {
        double total = 0;
        for (int r = -REACH; r <= REACH; r++) {
            for (int c = -REACH; c <= REACH; c++) {
                double correlation = values[(r + REACH) * SIDE + c + REACH];
                if (correlation != 0) {
                    total += correlation * overlap(weights, size, r, c);
                }
            }
        }
        // A sum over estimates may be slightly too small; white noise is the minimum of what images have.
        return Math.max(total, 0.25 * overlap(weights, size, 0, 0));
    }

    private static double overlap(float[] weights, int size, int down, int right) {
        double sum = 0;
        for (int r = Math.max(0, -down); r < Math.min(size, size - down); r++) {
            int row = r * size;
            int other = (r + down) * size + right;
            for (int c = Math.max(0, -right); c < Math.min(size, size - right); c++) {
                sum += weights[row + c] * weights[other + c];
            }
        }
        return sum;
    }
}
