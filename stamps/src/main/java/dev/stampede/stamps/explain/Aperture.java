package dev.stampede.stamps.explain;

/**
 * The disc in which the attribution of a point source should lie: around the centroid of the stamp's light or, without
 * light, around the centre pixel. Its radius is half of the FWHM of the point-spread function plus half of the patch, as
 * the drop of a patch is distributed over all pixels that it hides.
 *
 * @param row of its centre, in pixels from the first row
 * @param column of its centre, in pixels from the first column
 */
public record Aperture(double row, double column, double radiusPixels) {
    /** The median FWHM of coadded movers, pixels, if unknown. */
    static final double TYPICAL_FWHM_PIXELS = 4.4;

    /** The share of the positive values inside the disc; NaN if there are none. */
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
