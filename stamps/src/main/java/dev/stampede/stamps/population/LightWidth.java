package dev.stampede.stamps.population;

import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.stamps.stamp.StampQuality;

/** How wide the light about a stamp's centre is. */
final class LightWidth {
    /** Light counts from this many sigmaG above the median on. */
    private static final double LIGHT_ABOVE = 2;

    /** Light is sought this far from the centre pixel: twice the usual width of a coadded mover. */
    private static final int RADIUS_PIXELS = 8;

    private LightWidth() {}

    /**
     * Full width at half maximum, in pixels, of the Gaussian that would cover the same area at half of the peak:
     * the diameter 2 sqrt(N / pi) of the N pixels that are brighter than half of the brightest one about the centre,
     * over the median. NaN where no pixel there stands out of the noise.
     */
    static double fwhmPixels(Stamp stamp, StampQuality quality) {
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

    /** What a pixel has over the median; below all others where it is masked. */
    private static double excess(Stamp stamp, StampQuality quality, int row, int column) {
        float pixel = stamp.pixel(0, row, column);
        return Float.isNaN(pixel) || pixel == 0 ? Double.NEGATIVE_INFINITY : pixel - quality.median();
    }
}
