package dev.stampede.stamps.injection;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.stamp.Gaussian;

/**
 * The image of a star: an elliptical PSF.
 *
 * @param profile its brightness by distance
 * @param fwhmPixels the geometric mean of its full widths at half maximum along both axes, pixels; above 0
 * @param axisRatio of the minor to the major axis, above 0, up to 1
 * @param angle of the major axis from the direction of the rows, radians
 */
public record PointSpread(PsfProfile profile, double fwhmPixels, double axisRatio, double angle) {
    /** Optics and guiding elongate stars by up to a few tenths (LSST's requirement is below 0.1). */
    private static final double MIN_AXIS_RATIO = 0.85;
    /** The exponents of Moffat's profile for atmospheric seeing. */
    private static final double MIN_BETA = 2.5;

    private static final double MAX_BETA = 5;

    public PointSpread {
        if (!(fwhmPixels > 0 && axisRatio > 0 && axisRatio <= 1)) {
            throw new IllegalArgumentException("a PSF of FWHM " + fwhmPixels + ", axis ratio " + axisRatio);
        }
    }

    /** A circular PSF. */
    public static PointSpread circular(PsfProfile profile, double fwhmPixels) {
        return new PointSpread(profile, fwhmPixels, 1, 0);
    }

    /** Atmospheric seeing: a profile of Moffat with a width uniform in a range, pixels, low to high. */
    static PointSpread seeing(double minFwhmPixels, double maxFwhmPixels, RandomStream random) {
        PsfProfile profile = PsfProfile.moffat(random.uniform(MIN_BETA, MAX_BETA));
        return circular(profile, random.uniform(minFwhmPixels, maxFwhmPixels));
    }

    /** The same profile with a width {@code factor} times as large. */
    PointSpread widened(double factor) {
        return new PointSpread(profile, fwhmPixels * factor, axisRatio, angle);
    }

    /** The same width with another shape, slightly elongated in a random direction. */
    PointSpread elongated(RandomStream random) {
        return new PointSpread(profile, fwhmPixels, random.uniform(MIN_AXIS_RATIO, 1), random.uniform(0, Math.PI));
    }

    /** The standard deviation of a Gaussian of the same width, pixels. */
    double sigmaPixels() {
        return fwhmPixels / Gaussian.FWHM_OF_SIGMA;
    }

    /** The rows and columns beyond which the brightness is 0. */
    double reachPixels() {
        return PsfProfile.REACH * fwhmPixels / Math.sqrt(axisRatio);
    }
}
