package dev.stampede.stamps.simulate;

import dev.stampede.stamps.random.RandomStream;
import java.util.Arrays;

/**
 * Draws the sky of a candidate: exposures of different depth and seeing, with noise correlated by resampling. It is
 * independent of the candidate, so both classes have the same skies.
 */
final class Sky {
    /** The range of the correlation between neighbours in the median coadd, as measured on real stamps. */
    private static final double MIN_CORRELATION = 0.10;

    private static final double MAX_CORRELATION = 0.35;
    private final int side;
    /** White noise extends one pixel beyond an exposure, as needed by the kernels. */
    private final int whiteSide;

    private final float[] white;
    private final float[] half;

    Sky(StackShape shape) {
        side = shape.side();
        whiteSide = side + 2;
        white = new float[whiteSide * whiteSide];
        half = new float[whiteSide * side];
    }

    /** Fills the stack with noise and the properties of its exposures, without {@link Masks}. */
    void observe(ExposureStack stack, RandomStream random) {
        conditions(stack, random);
        expose(stack, random.uniform(MIN_CORRELATION, MAX_CORRELATION), random);
    }

    /** The same in the frame of the sky, with that correlation of neighbours in a median of all exposures, 0 to 0.35. */
    void observeField(ExposureStack stack, double correlation, RandomStream random) {
        conditions(stack, random);
        stack.trailRows = 0;
        stack.trailColumns = 0;
        expose(stack, correlation, random);
    }

    private void expose(ExposureStack stack, double correlation, RandomStream random) {
        resampling(stack, correlation, random);
        redrawNoise(stack, random);
        Arrays.fill(stack.masked, 0, stack.exposures * stack.shape.pixels(), false);
    }

    private static void conditions(ExposureStack stack, RandomStream random) {
        int minimum = stack.shape.minExposures();
        stack.exposures = minimum + random.below(stack.shape.maxExposures() - minimum + 1);
        double trail = random.logUniform(5, 100);
        double angle = random.uniform(0, 2 * Math.PI);
        stack.trailRows = trail * StrictMath.sin(angle);
        stack.trailColumns = trail * StrictMath.cos(angle);
        nights(stack, random);
    }

    /** Replaces the pixels by new noise with the same properties. */
    void redrawNoise(ExposureStack stack, RandomStream random) {
        for (int t = 0; t < stack.exposures; t++) {
            noise(stack, t, random);
        }
    }

    /** One to three nights, each with a seeing and a depth around which its visits scatter; few visits are bad. */
    private static void nights(ExposureStack stack, RandomStream random) {
        double counts = random.logUniform(2, 200);
        int nights = 1 + random.below(3);
        double nightSeeing = 0;
        double nightDepth = 0;
        int night = -1;
        for (int t = 0; t < stack.exposures; t++) {
            if (t * nights / stack.exposures != night) {
                night = t * nights / stack.exposures;
                nightSeeing = random.uniform(1, 2);
                nightDepth = random.uniform(0.85, 1.25);
            }
            double visit = StrictMath.exp(0.1 * random.gaussian());
            double bad = random.chance(0.05) ? random.uniform(1.5, 3) : 1;
            stack.sigma[t] = counts * nightDepth * visit * bad;
            stack.seeingSigmaPixels[t] = nightSeeing + random.uniform(0, 0.1);
        }
    }

    /**
     * Each exposure was resampled with a different sub-pixel shift. A median of correlated noise is less correlated
     * than the noise, by the law of the signs of normal deviates: 2/pi asin(rho). The exposures start from the inverse.
     */
    private static void resampling(ExposureStack stack, double ofCoadd, RandomStream random) {
        double ofExposure = StrictMath.sin(0.5 * Math.PI * ofCoadd);
        for (int t = 0; t < stack.exposures; t++) {
            stack.alongRow[t].set(ofExposure * random.uniform(0.85, 1.15), random.uniform(0.2, 0.8));
            stack.alongColumn[t].set(ofExposure * random.uniform(0.85, 1.15), random.uniform(0.2, 0.8));
        }
    }

    private void noise(ExposureStack stack, int exposure, RandomStream random) {
        for (int i = 0; i < white.length; i++) {
            white[i] = (float) random.gaussian();
        }
        NoiseKernel row = stack.alongRow[exposure];
        for (int r = 0; r < whiteSide; r++) {
            int from = r * whiteSide;
            int to = r * side;
            for (int c = 0; c < side; c++) {
                half[to + c] = row.before * white[from + c]
                        + row.middle * white[from + c + 1]
                        + row.after * white[from + c + 2];
            }
        }
        NoiseKernel column = stack.alongColumn[exposure];
        float sigma = (float) stack.sigma[exposure];
        int to = exposure * stack.shape.pixels();
        for (int i = 0; i < stack.shape.pixels(); i++) {
            stack.pixels[to + i] = sigma
                    * (column.before * half[i] + column.middle * half[i + side] + column.after * half[i + 2 * side]);
        }
    }
}
