package dev.stampede.streaming.injection;

import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Stamp;

/**
 * Adds a point source of known S/N at the centre of a background. The background is first rolled by half its size, so that
 * the detection at its centre moves to the edges.
 */
final class SourceInjector {
    /** Full width at half maximum of a coadded moving object, pixels: the median of simulated ones. */
    private static final double FWHM_PIXELS = 4.4;

    /** FWHM = 2 sqrt(2 ln 2) sigma of a Gaussian. */
    private static final double SIGMA_PIXELS = FWHM_PIXELS / (2 * Math.sqrt(2 * Math.log(2)));

    private SourceInjector() {}

    /**
     * The stamp with the source. Its S/N is that of a matched filter on white noise with the background's sigmaG, in each
     * plane: the peak of a Gaussian of S/N 1 is sigmaG / sqrt(pi sigma^2). Masked pixels stay masked.
     */
    static Stamp of(Stamp background, double signalToNoise) {
        int height = background.height();
        int width = background.width();
        float[] pixels = new float[background.planes() * height * width];
        for (int plane = 0; plane < background.planes(); plane++) {
            double sigmaG = PixelQuality.measure(background.plane(plane)).sigmaG();
            double peak = signalToNoise * sigmaG / Math.sqrt(Math.PI * SIGMA_PIXELS * SIGMA_PIXELS);
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    float pixel = background.pixel(plane, (row + height / 2) % height, (column + width / 2) % width);
                    double down = row - height / 2;
                    double right = column - width / 2;
                    double light = peak * Math.exp(-(down * down + right * right) / (2 * SIGMA_PIXELS * SIGMA_PIXELS));
                    // An exact zero is a masked pixel, and light does not unmask it.
                    pixels[(plane * height + row) * width + column] = pixel == 0 ? 0 : (float) (pixel + light);
                }
            }
        }
        return Stamp.of(background.planes(), height, width, pixels);
    }
}
