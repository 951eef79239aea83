package dev.stampede.stamps.injection;

/** A filter of the shape of the PSF, with which a search looks for point sources. Immutable. */
final class PsfFilter {
    /** The light beyond that many FWHM from the centre does not matter for the S/N. */
    private static final double REACH = 1.5;

    private final int size;
    private final float[] kernel;
    private final double noise;

    /** @param correlation that of the noise to be filtered */
    PsfFilter(PointSpread psf, NoiseCorrelation correlation) {
        size = 2 * (int) Math.ceil(REACH * psf.fwhmPixels()) + 1;
        LightMap star = new LightMap(size);
        star.add(psf, 0, 0, 1);
        kernel = star.values();
        noise = Math.sqrt(correlation.variance(kernel, size));
    }

    /** The standard deviation of the filtered noise, for noise of standard deviation 1. */
    double noise() {
        return noise;
    }

    /** An image through the filter; rows and columns continue at the opposite edge. Masked pixels (NaN) count as {@code sky}. */
    float[] wrapped(float[] pixels, int rows, int columns, float sky) {
        int half = size / 2;
        int width = columns + 2 * half;
        float[] padded = new float[(rows + 2 * half) * width];
        for (int i = 0; i < padded.length; i++) {
            float pixel =
                    pixels[Math.floorMod(i / width - half, rows) * columns + Math.floorMod(i % width - half, columns)];
            padded[i] = Float.isNaN(pixel) ? 0 : pixel - sky;
        }
        float[] filtered = new float[pixels.length];
        for (int k = 0; k < kernel.length; k++) {
            float weight = kernel[k];
            for (int r = 0; r < rows; r++) {
                int from = (r + k / size) * width + k % size;
                int to = r * columns;
                for (int c = 0; c < columns; c++) {
                    filtered[to + c] += weight * padded[from + c];
                }
            }
        }
        return filtered;
    }

    /**
     * The strongest response to {@code light} at a pixel, of either sign, in units of the filtered noise of standard deviation 1.
     */
    Extremes extremes(LightMap light) {
        int side = light.size();
        float[] values = light.values();
        int half = size / 2;
        double lowest = 0;
        double highest = 0;
        for (int r = 0; r < side; r++) {
            for (int c = 0; c < side; c++) {
                double sum = 0;
                for (int i = Math.max(0, half - r); i < Math.min(size, side + half - r); i++) {
                    int from = (r + i - half) * side + c - half;
                    for (int j = Math.max(0, half - c); j < Math.min(size, side + half - c); j++) {
                        sum += kernel[i * size + j] * values[from + j];
                    }
                }
                lowest = Math.min(lowest, sum);
                highest = Math.max(highest, sum);
            }
        }
        return new Extremes(lowest / noise, highest / noise);
    }

    /**
     * The range of a filtered image.
     *
     * @param lowest 0 or less
     * @param highest 0 or more
     */
    record Extremes(double lowest, double highest) {}
}
