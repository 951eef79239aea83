package dev.stampede.stamps.search;

import java.util.Arrays;

/**
 * The correlation of an image with a Gaussian point-spread function of sum 1, along rows and then along columns. As in KBMOD,
 * a masked pixel stays masked, and near masked pixels and edges the sum over the good pixels is divided by their share of the
 * point-spread function. Not thread-safe.
 */
final class PsfCorrelation {
    /** Beyond this many standard deviations the function is cut off, as in KBMOD. */
    private static final double CUTOFF = 3;

    private final int width;
    private final int height;
    private float[] image = new float[0];
    private float[] share = new float[0];
    private float[] first = new float[0];
    private float[] second = new float[0];

    PsfCorrelation(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** The weights along one axis, 2 radius + 1 of them, with the sum 1. */
    static float[] profile(double sigmaPixels) {
        int radius = Math.max(1, (int) Math.ceil(CUTOFF * sigmaPixels));
        double[] values = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double distance = (i - radius) / sigmaPixels;
            values[i] = StrictMath.exp(-0.5 * distance * distance);
            sum += values[i];
        }
        float[] profile = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            profile[i] = (float) (values[i] / sum);
        }
        return profile;
    }

    /** The sum of the squares of the function in two dimensions. */
    static double sumOfSquares(double sigmaPixels) {
        double sum = 0;
        for (float weight : profile(sigmaPixels)) {
            sum += (double) weight * weight;
        }
        return sum * sum;
    }

    /**
     * Writes the correlated image, multiplied by {@code scale}, to {@code target}; masked pixels become exactly 0.
     *
     * @param from the index in {@code target} of the first pixel
     * @param stride the distance in {@code target} of the rows
     */
    void write(ExposureImage exposure, double scale, float[] target, int from, int stride) {
        float[] profile = profile(exposure.psfSigmaPixels());
        int radius = profile.length / 2;
        // Rows are separated by a margin of zeros, so that one loop over all of them stays within a row.
        int padded = width + radius;
        int margin = radius * padded + radius;
        int length = (height + 2 * radius) * padded + 2 * radius;
        if (image.length != length) {
            image = new float[length];
            share = new float[length];
            first = new float[length];
            second = new float[length];
        }
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                float pixel = exposure.pixel(r * width + c);
                image[margin + r * padded + c] = pixel;
                share[margin + r * padded + c] = pixel == 0 ? 0 : 1;
            }
        }
        int count = height * padded;
        correlate(image, profile, margin, count, padded);
        correlate(share, profile, margin, count, padded);
        for (int r = 0; r < height; r++) {
            for (int c = 0; c < width; c++) {
                int at = margin + r * padded + c;
                boolean masked = exposure.pixel(r * width + c) == 0;
                target[from + r * stride + c] = masked ? 0 : (float) (scale * image[at] / share[at]);
            }
        }
        clear(margin, count, image);
        clear(margin, count, share);
    }

    /** Replaces {@code values}, from {@code margin} on, by their correlation. */
    private void correlate(float[] values, float[] profile, int margin, int count, int padded) {
        int radius = profile.length / 2;
        Arrays.fill(first, 0);
        Arrays.fill(second, 0);
        for (int i = 0; i < profile.length; i++) {
            addScaled(first, margin, values, margin + i - radius, count, profile[i]);
        }
        for (int i = 0; i < profile.length; i++) {
            addScaled(second, margin, first, margin + (i - radius) * padded, count, profile[i]);
        }
        System.arraycopy(second, margin, values, margin, count);
    }

    private static void addScaled(float[] sum, int to, float[] values, int from, int count, float weight) {
        for (int i = 0; i < count; i++) {
            sum[to + i] += weight * values[from + i];
        }
    }

    private static void clear(int from, int count, float[] values) {
        Arrays.fill(values, from, from + count, 0);
    }
}
