package dev.stampede.stamps.population;

import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Stamp;

/** The width of the light around a stamp's centre. */
final class LightWidth {
    /** The minimum height of light above the median, in sigmaG. */
    private static final double LIGHT_ABOVE = 2;

    /** The search radius around the centre pixel: twice the usual width of a coadded mover. */
    private static final int RADIUS_PIXELS = 8;

    private LightWidth() {}

    /**
     * Full width at half maximum, in pixels, of the Gaussian that covers the same area at half of its peak: the
     * diameter 2 sqrt(N / pi) of the N pixels around the centre that exceed half of the brightest one, above the median.
     * NaN if no pixel there exceeds the noise.
     */
    static double fwhmPixels(Stamp stamp, PixelQuality quality) {
        double peak = Double.NEGATIVE_INFINITY;
        int top = Math.max(0, stamp.height() / 2 - RADIUS_PIXELS);
        int bottom = Math.min(stamp.height() - 1, stamp.height() / 2 + RADIUS_PIXELS);
        int left = Math.max(0, stamp.width() / 2 - RADIUS_PIXELS);
        int right = Math.min(stamp.width() - 1, stamp.width() / 2 + RADIUS_PIXELS);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                peak = Math.max(peak, excess(stamp, quality, row, column));
            }
        }
        if (!(peak > LIGHT_ABOVE * quality.sigmaG())) {
            return Double.NaN;
        }
        int bright = 0;
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                bright += excess(stamp, quality, row, column) >= peak / 2 ? 1 : 0;
            }
        }
        return 2 * Math.sqrt(bright / Math.PI);
    }

    /** The excess of a pixel above the median; minus infinity if it is masked. */
    private static double excess(Stamp stamp, PixelQuality quality, int row, int column) {
        float pixel = stamp.pixel(0, row, column);
        return Float.isNaN(pixel) || pixel == 0 ? Double.NEGATIVE_INFINITY : pixel - quality.median();
    }
}
