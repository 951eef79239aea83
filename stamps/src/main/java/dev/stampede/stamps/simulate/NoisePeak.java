package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.stamp.Gaussian;

/**
 * Changes the noise of a stack so that a search would select it, without searching. The search's statistic L is the stack
 * through a Gaussian kernel k, weighted by inverse variance and summed over the exposures, in units of its standard deviation.
 * For normal noise of covariance S, noise whose L is known to be v is n + (v - L(n)) S w / sqrt(w' S w), exactly, with
 * w the weights: each exposure gains the same S-smoothed kernel, as from a source of constant brightness.
 *
 * <p>Peaks of a Gaussian field above a high threshold u have the density v exp(-v^2 / 2), which a uniform deviate turns
 * into v = sqrt(u^2 + 2 E), E exponential.
 */
final class NoisePeak {
    /** Thresholds of searches, in true standard deviations (5 to 7 if a search assumes white noise). */
    private static final double MIN_THRESHOLD = 4.0;

    private static final double MAX_THRESHOLD = 4.7;
    /** The kernel of a search is sharper than the seeing. */
    private static final double MIN_KERNEL = 0.9;

    private static final double MAX_KERNEL = 1.4;
    private static final double MAX_OFFSET = 1.5;

    private final int side;
    private final float[] rowKernel;
    private final float[] columnKernel;
    private final double[] smoothRow;
    private final double[] smoothColumn;
    private final double[] share;

    NoisePeak(StackShape shape) {
        side = shape.side();
        rowKernel = new float[side];
        columnKernel = new float[side];
        smoothRow = new double[side];
        smoothColumn = new double[side];
        share = new double[shape.maxExposures()];
    }

    /** Changes pure noise into a peak near the centre. */
    Appearance impose(ExposureStack stack, RandomStream random) {
        double threshold = random.uniform(MIN_THRESHOLD, MAX_THRESHOLD);
        double value = Math.sqrt(threshold * threshold + 2 * random.exponential());
        double sigma = random.uniform(MIN_KERNEL, MAX_KERNEL);
        double row = random.uniform(-MAX_OFFSET, MAX_OFFSET);
        double column = random.uniform(-MAX_OFFSET, MAX_OFFSET);
        SignalStack.gaussianProfile(rowKernel, stack.shape.centre() + row, sigma);
        SignalStack.gaussianProfile(columnKernel, stack.shape.centre() + column, sigma);
        drawShares(stack, random);
        double sum = 0;
        double variance = 0;
        double smoothed = 0;
        for (int t = 0; t < stack.exposures; t++) {
            double weight = 1 / (stack.sigma[t] * stack.sigma[t]);
            sum += weight * filtered(stack, t);
            variance += weight * norm(stack.alongColumn[t], rowKernel) * norm(stack.alongRow[t], columnKernel);
            smoothed += sigma * sigma + width(stack.alongRow[t]) / 2 + width(stack.alongColumn[t]) / 2;
        }
        double missing = (value - sum / Math.sqrt(variance)) / Math.sqrt(variance);
        for (int t = 0; t < stack.exposures; t++) {
            add(stack, t, missing * share[t]);
        }
        double fwhm = Gaussian.FWHM_OF_SIGMA * Math.sqrt(smoothed / stack.exposures);
        return new Appearance(value, fwhm, row, column);
    }

    /** The kernel of the last peak, 1 at its top. */
    double kernel(int row, int column) {
        return rowKernel[row] * columnKernel[column];
    }

    /**
     * Equal shares for normal noise. Real noise has outliers, so in three of ten peaks the shares scatter, with the
     * inverse-variance weighted mean kept at 1, so that L keeps its value.
     */
    private void drawShares(ExposureStack stack, RandomStream random) {
        boolean uneven = random.chance(0.3);
        double mean = 0;
        double weights = 0;
        for (int t = 0; t < stack.exposures; t++) {
            share[t] = uneven ? random.exponential() : 1;
            double weight = 1 / (stack.sigma[t] * stack.sigma[t]);
            mean += weight * share[t];
            weights += weight;
        }
        for (int t = 0; t < stack.exposures; t++) {
            share[t] *= weights / mean;
        }
    }

    private double filtered(ExposureStack stack, int exposure) {
        double total = 0;
        int at = exposure * stack.shape.pixels();
        for (int r = 0; r < side; r++) {
            double line = 0;
            for (int c = 0; c < side; c++) {
                line += columnKernel[c] * stack.pixels[at++];
            }
            total += rowKernel[r] * line;
        }
        return total;
    }

    /** k' C k along one axis. */
    private static double norm(NoiseKernel noise, float[] kernel) {
        double total = 0;
        for (int i = 0; i < kernel.length; i++) {
            total += kernel[i] * smoothed(noise, kernel, i);
        }
        return total;
    }

    /** (C k) at one position along one axis. */
    private static double smoothed(NoiseKernel noise, float[] kernel, int at) {
        return kernel[at]
                + noise.lag1 * (value(kernel, at - 1) + value(kernel, at + 1))
                + noise.lag2 * (value(kernel, at - 2) + value(kernel, at + 2));
    }

    private static double value(float[] kernel, int at) {
        return at < 0 || at >= kernel.length ? 0 : kernel[at];
    }

    /** The variance that C adds to the width of what it smooths, pixels squared. */
    private static double width(NoiseKernel noise) {
        return (2 * noise.lag1 + 8 * noise.lag2) / (1 + 2 * noise.lag1 + 2 * noise.lag2);
    }

    private void add(ExposureStack stack, int exposure, double amplitude) {
        for (int i = 0; i < side; i++) {
            smoothRow[i] = amplitude * smoothed(stack.alongColumn[exposure], rowKernel, i);
            smoothColumn[i] = smoothed(stack.alongRow[exposure], columnKernel, i);
        }
        int at = exposure * stack.shape.pixels();
        for (int r = 0; r < side; r++) {
            for (int c = 0; c < side; c++) {
                stack.pixels[at++] += (float) (smoothRow[r] * smoothColumn[c]);
            }
        }
    }
}
