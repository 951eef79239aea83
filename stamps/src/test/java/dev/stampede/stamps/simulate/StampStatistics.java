package dev.stampede.stamps.simulate;

import dev.stampede.stamps.stamp.Gaussian;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;

/**
 * What can be measured on a stamp without knowing what it is: the same for real and simulated ones.
 *
 * @param correlation of neighbouring background pixels, more than 6.5 pixels from the centre
 * @param whiteSignalToNoise of the best-fitting Gaussian near the centre, the noise taken for white
 * @param fwhmPixels of that Gaussian
 * @param offsetPixels of that Gaussian from the centre
 * @param peakSignalToNoise the brightest pixel over the noise of a pixel
 */
record StampStatistics(
        double correlation,
        double whiteSignalToNoise,
        double fwhmPixels,
        double offsetPixels,
        double peakSignalToNoise) {
    private static final int SIZE = 21;
    private static final double INNER_RADIUS = 6.5;

    /** Measures the first plane of a 21x21 stamp; pixels that are exactly 0 are masked where {@code zeroIsMasked}. */
    static StampStatistics of(Stamp stamp, boolean zeroIsMasked) {
        double[] pixels = inNoise(stamp, zeroIsMasked);
        double[] fit = fit(pixels);
        double peak = Arrays.stream(pixels).filter(v -> !Double.isNaN(v)).max().orElse(Double.NaN);
        return new StampStatistics(correlation(pixels), fit[0], fit[1], fit[2], peak);
    }

    /** The correlation alone, which costs much less. */
    static double correlationOf(Stamp stamp) {
        return correlation(inNoise(stamp, true));
    }

    /** The pixels over the median of the background, in units of its noise; NaN where masked. */
    private static double[] inNoise(Stamp stamp, boolean zeroIsMasked) {
        double[] pixels = new double[SIZE * SIZE];
        double[] background = new double[SIZE * SIZE];
        int count = 0;
        for (int i = 0; i < pixels.length; i++) {
            float pixel = stamp.pixel(0, Math.floorDiv(i, SIZE), i % SIZE);
            boolean masked = Float.isNaN(pixel) || (zeroIsMasked && pixel == 0);
            pixels[i] = masked ? Double.NaN : pixel;
            if (!masked && isBackground(i)) {
                background[count++] = pixel;
            }
        }
        double[] clipped = clip(Arrays.copyOf(background, count));
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (pixels[i] - clipped[0]) / clipped[1];
        }
        return pixels;
    }

    private static boolean isBackground(int i) {
        double row = i / SIZE - 10;
        double column = i % SIZE - 10;
        return row * row + column * column > INNER_RADIUS * INNER_RADIUS;
    }

    /** Median and standard deviation, clipped at 3 sigma. */
    private static double[] clip(double[] values) {
        double[] kept = values.clone();
        double median = 0;
        double sigma = 0;
        for (int round = 0; round < 5; round++) {
            Arrays.sort(kept);
            median = kept[kept.length / 2];
            double mean = Arrays.stream(kept).average().orElse(0);
            sigma = Math.sqrt(Arrays.stream(kept)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElse(0));
            double centre = median;
            double limit = 3 * sigma;
            kept = Arrays.stream(kept)
                    .filter(v -> Math.abs(v - centre) <= limit)
                    .toArray();
        }
        return new double[] {median, sigma};
    }

    private static double correlation(double[] z) {
        double products = 0;
        int pairs = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < z.length; i++) {
            if (usable(z, i)) {
                squares += z[i] * z[i];
                count++;
                if (i % SIZE + 1 < SIZE && usable(z, i + 1)) {
                    products += z[i] * z[i + 1];
                    pairs++;
                }
                if (i + SIZE < z.length && usable(z, i + SIZE)) {
                    products += z[i] * z[i + SIZE];
                    pairs++;
                }
            }
        }
        return products / pairs / (squares / count);
    }

    private static boolean usable(double[] z, int i) {
        return isBackground(i) && Math.abs(z[i]) < 3.5; // false for NaN
    }

    /** S/N, FWHM and offset of the Gaussian within 3 pixels of the centre whose matched filter responds most. */
    private static double[] fit(double[] z) {
        double[] best = {Double.NEGATIVE_INFINITY, 0, 0};
        float[] rows = new float[SIZE];
        float[] columns = new float[SIZE];
        for (double sigma = 0.5; sigma < 3.6; sigma += 0.1) {
            for (double row = -3; row <= 3; row += 0.5) {
                SignalStack.gaussianProfile(rows, 10 + row, sigma);
                for (double column = -3; column <= 3; column += 0.5) {
                    SignalStack.gaussianProfile(columns, 10 + column, sigma);
                    double response = response(z, rows, columns);
                    if (response > best[0]) {
                        best = new double[] {response, Gaussian.FWHM_OF_SIGMA * sigma, Math.hypot(row, column)};
                    }
                }
            }
        }
        return best;
    }

    private static double response(double[] z, float[] rows, float[] columns) {
        double light = 0;
        double norm = 0;
        for (int i = 0; i < z.length; i++) {
            if (!Double.isNaN(z[i])) {
                double weight = rows[i / SIZE] * columns[i % SIZE];
                light += weight * z[i];
                norm += weight * weight;
            }
        }
        return light / Math.sqrt(norm);
    }
}
