package dev.stampede.training.evaluate;

import dev.stampede.stamps.stamp.Gaussian;
import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;
import dev.stampede.stamps.stamp.Stamp;

/**
 * The matched filter for a point source of known width, maximised over the position: the classical baseline for a network.
 * The response is the signal-to-noise ratio sum(h x) / (sigma sqrt(h' C h)), with h the Gaussian of that width and C the
 * correlation of the noise. Background, sigma and C are measured on the stamp outside of its centre. Whitening the noise
 * as well would gain less than 3 % (docs/lab/2026-11-23-simulated-and-real-stamps.md). Not thread-safe.
 */
final class MatchedFilterBaseline {
    /** Pixels farther than this from the centre are background. */
    private static final double BACKGROUND_RADIUS = 6.5;

    /** A search centres a mover to within two pixels along each axis; the light is a little farther off. */
    private static final double MAX_OFFSET = 2.5;

    private static final double STEP = 0.5;

    /** In standard deviations; excludes the light of neighbours from the noise. */
    private static final double CLIP = 3;

    /** The correlation length of resampled noise, pixels. */
    private static final int REACH = 2;

    private final int size;
    private final int plane;
    private final OrderedPixels ordered;
    private final float[] background;
    private final double[] pixels;
    private final boolean[] masked;
    private final double[] alongRow;
    private final double[] alongColumn;

    /** A filter for the plane of that index of stamps of {@code size} rows and columns. */
    MatchedFilterBaseline(int size, int plane) {
        this.size = size;
        this.plane = plane;
        ordered = new OrderedPixels(size * size);
        background = new float[size * size];
        pixels = new double[size * size];
        masked = new boolean[size * size];
        alongRow = new double[size];
        alongColumn = new double[size];
    }

    /** The maximum response to a source of that width; 0 if the noise cannot be measured. */
    double response(Stamp stamp, double fwhmPixels) {
        if (!standardise(stamp)) {
            return 0;
        }
        double sigma = fwhmPixels / Gaussian.FWHM_OF_SIGMA;
        double best = Double.NEGATIVE_INFINITY;
        double bestRow = 0;
        double bestColumn = 0;
        for (double row = -MAX_OFFSET; row <= MAX_OFFSET; row += STEP) {
            for (double column = -MAX_OFFSET; column <= MAX_OFFSET; column += STEP) {
                shape(row, column, sigma);
                double response = signal() / Math.sqrt(overlap(0, 0));
                if (response > best) {
                    best = response;
                    bestRow = row;
                    bestColumn = column;
                }
            }
        }
        // The correlation raises the noise by nearly the same factor at every position.
        shape(bestRow, bestColumn, sigma);
        return signal() / Math.sqrt(variance(correlation()));
    }

    /** Subtracts the background level and divides by its standard deviation; a masked pixel becomes 0. */
    private boolean standardise(Stamp stamp) {
        int count = 0;
        for (int i = 0; i < pixels.length; i++) {
            float pixel = stamp.pixel(plane, i / size, i % size);
            masked[i] = MaskRule.NOT_FINITE_OR_ZERO.masks(pixel);
            pixels[i] = masked[i] ? 0 : pixel;
            background[i] = isBackground(i) ? pixel : Float.NaN;
            count += isBackground(i) && !masked[i] ? 1 : 0;
        }
        if (count < size) {
            return false;
        }
        ordered.load(background, 0, MaskRule.NOT_FINITE_OR_ZERO);
        double sigmaG = ordered.sigmaG();
        scale(ordered.percentile(0.5), sigmaG);
        // For the clipped pixels the standard deviation is more precise than sigmaG.
        double deviation = Math.sqrt(meanProduct(0, 0));
        scale(0, deviation);
        return sigmaG > 0 && deviation > 0;
    }

    private void scale(double level, double deviation) {
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = masked[i] ? 0 : (pixels[i] - level) / deviation;
        }
    }

    private boolean isBackground(int pixel) {
        int down = pixel / size - size / 2;
        int right = pixel % size - size / 2;
        return Math.hypot(down, right) > BACKGROUND_RADIUS;
    }

    /** The mean product of clipped background pixels separated by that many rows and columns. */
    private double meanProduct(int rows, int columns) {
        double sum = 0;
        int pairs = 0;
        for (int row = 0; row + rows < size; row++) {
            for (int column = 0; column + columns < size; column++) {
                int one = row * size + column;
                int other = one + rows * size + columns;
                if (isNoise(one) && isNoise(other)) {
                    sum += pixels[one] * pixels[other];
                    pairs++;
                }
            }
        }
        return pairs == 0 ? 0 : sum / pairs;
    }

    private boolean isNoise(int pixel) {
        return isBackground(pixel) && !masked[pixel] && Math.abs(pixels[pixel]) < CLIP;
    }

    /** The correlation of adjacent pixels, averaged over both axes, because each alone is noisier. */
    private double correlation() {
        double measured = (meanProduct(1, 0) + meanProduct(0, 1)) / 2 / meanProduct(0, 0);
        return Math.min(Math.max(measured, 0), 0.5);
    }

    private void shape(double row, double column, double sigma) {
        int middle = size / 2;
        profile(alongColumn, middle + row, sigma);
        profile(alongRow, middle + column, sigma);
    }

    private static void profile(double[] values, double centre, double sigma) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(-(i - centre) * (i - centre) / (2 * sigma * sigma));
        }
    }

    private double shape(int pixel) {
        return masked[pixel] ? 0 : alongColumn[pixel / size] * alongRow[pixel % size];
    }

    private double signal() {
        double signal = 0;
        for (int i = 0; i < pixels.length; i++) {
            signal += shape(i) * pixels[i];
        }
        return signal;
    }

    /** h' C h, C the product of the correlations along rows and along columns. */
    private double variance(double neighbours) {
        // White noise after linear interpolation: two pixels apart about a quarter of the square.
        double[] correlation = {1, neighbours, neighbours * neighbours / 4};
        double variance = 0;
        for (int rows = 0; rows <= REACH; rows++) {
            for (int columns = rows == 0 ? 0 : -REACH; columns <= REACH; columns++) {
                // Opposite lags are equal.
                double times = rows == 0 && columns == 0 ? 1 : 2;
                variance += times * correlation[rows] * correlation[Math.abs(columns)] * overlap(rows, columns);
            }
        }
        return variance;
    }

    private double overlap(int rows, int columns) {
        double sum = 0;
        for (int row = 0; row + rows < size; row++) {
            for (int column = Math.max(0, -columns); column < size - Math.max(0, columns); column++) {
                sum += shape(row * size + column) * shape((row + rows) * size + column + columns);
            }
        }
        return sum;
    }
}
