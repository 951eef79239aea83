package dev.stampede.stamps.explain;

/**
 * The disc in which the attribution of a point source should lie: about the centroid of the stamp's light, or about the
 * centre pixel where there is none. Its radius is half of the FWHM of the point-spread function plus half of the patch,
 * for a patch shares out its drop among all pixels it hides.
 *
 * @param row of its centre, in pixels from the first row
 * @param column of its centre, in pixels from the first column
 */
public record Aperture(double row, double column, double radiusPixels) {
    /** The median FWHM of coadded movers, pixels, for a stack of which it is not known. */
    static final double TYPICAL_FWHM_PIXELS = 4.4;

    /** The share of what is above 0 that lies within; NaN where nothing is. */
    float shareOf(float[] map, int size) {
        double inside = 0;
        double all = 0;
        for (int pixel = 0; pixel < size * size; pixel++) {
            double value = Math.max(0, map[pixel]);
            all += value;
            int pixelRow = pixel / size;
            if (Math.hypot(pixelRow - row, pixel % size - column) <= radiusPixels) {
                inside += value;
            }
        }
        return (float) (inside / all);
    }
}
