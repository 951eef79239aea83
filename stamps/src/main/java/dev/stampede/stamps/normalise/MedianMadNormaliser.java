package dev.stampede.stamps.normalise;

import java.util.Arrays;

/**
 * {@link Recipe#MEDIAN_MAD}: (x - median) / (1.4826 MAD), where MAD is the median of the absolute deviations from the
 * median. Medians are numpy's.
 */
final class MedianMadNormaliser extends LinearNormaliser {
    /** The ratio of the standard deviation of a Gaussian to its MAD, 1 / 0.6745, as astropy's {@code mad_std}. */
    private static final double SIGMA_PER_MAD = 1.482602218505602;

    private final double[] sorted;

    MedianMadNormaliser(int rows, int columns) {
        super(rows, columns);
        sorted = new double[size];
    }

    @Override
    boolean measure(float[] pixels, int offset) {
        int count = 0;
        for (int i = offset; i < offset + size; i++) {
            if (!Float.isNaN(pixels[i])) {
                sorted[count++] = pixels[i];
            }
        }
        if (count == 0) {
            return false;
        }
        level = median(count);
        for (int i = 0; i < count; i++) {
            sorted[i] = Math.abs(sorted[i] - level);
        }
        scale = SIGMA_PER_MAD * median(count);
        return scale > 0;
    }

    private double median(int count) {
        Arrays.sort(sorted, 0, count);
        return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    }
}
