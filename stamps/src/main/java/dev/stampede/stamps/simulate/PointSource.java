package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.stamp.Gaussian;

/**
 * A moving object. The trajectory is slightly wrong: by up to two pixels, and one more at either end of the stack. In each
 * visit the stamp was cut at a whole pixel, and the astrometry scatters. In a single exposure only the first holds.
 *
 * @param signalToNoiseLow the S/N of the faintest, not 0; negative, as the other one, for sources that are dark
 * @param signalToNoiseHigh the S/N of the brightest
 */
record PointSource(double signalToNoiseLow, double signalToNoiseHigh) implements SignalPainter {
    private static final double MAX_OFFSET = 2;
    private static final double MAX_DRIFT = 2;

    @Override
    public Appearance paint(ExposureStack stack, SignalStack signal, RandomStream random) {
        double row = random.uniform(-MAX_OFFSET, MAX_OFFSET);
        double column = random.uniform(-MAX_OFFSET, MAX_OFFSET);
        double rowDrift = random.uniform(-MAX_DRIFT, MAX_DRIFT);
        double columnDrift = random.uniform(-MAX_DRIFT, MAX_DRIFT);
        double scatter = random.uniform(0.2, 1.1);
        double errors = stack.exposures == 1 ? 0 : 1;
        double width = 0;
        for (int t = 0; t < stack.exposures; t++) {
            double rowError = errors * (rowDrift * stack.time(t) + jitter(scatter, random));
            double columnError = errors * (columnDrift * stack.time(t) + jitter(scatter, random));
            double sigma = stack.seeingSigmaPixels[t];
            // Transparency and variability: 10 % between visits.
            double flux = Math.max(0.2, 1 + 0.1 * random.gaussian());
            signal.addPointSpread(t, row + rowError, column + columnError, sigma, flux);
            width += sigma * sigma + (rowError * rowError + columnError * columnError) / 2;
        }
        double fwhm = Gaussian.FWHM_OF_SIGMA * Math.sqrt(width / stack.exposures);
        return new Appearance(random.logUniform(signalToNoiseLow, signalToNoiseHigh), fwhm, row, column);
    }

    private static double jitter(double scatter, RandomStream random) {
        return random.uniform(-0.5, 0.5) + scatter * random.gaussian();
    }
}
