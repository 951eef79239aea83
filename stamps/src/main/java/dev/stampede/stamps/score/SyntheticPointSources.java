package dev.stampede.stamps.score;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Unambiguous stamps: bright point sources on white Gaussian noise, and only noise. They reveal a model without skill or
 * with swapped labels. The same on every machine.
 */
final class SyntheticPointSources {
    /** Stamps of each kind. */
    static final int COUNT = 64;

    /** Matched-filter signal-to-noise of each source: six times the five of a usual search limit. */
    static final double SIGNAL_TO_NOISE = 30;

    /** Full width at half maximum of a coadded mover, pixels; the median measured on simulated ones. */
    static final double FWHM_PIXELS = 4.4;

    /** FWHM = 2 sqrt(2 ln 2) sigma of a Gaussian. */
    private static final double SIGMA_PIXELS = FWHM_PIXELS / (2 * Math.sqrt(2 * Math.log(2)));

    /**
     * The peak, in units of the noise, of a source of S/N 1. The matched filter of a profile p of peak 1 gives
     * S/N = peak sqrt(sum p^2), and sum p^2 = pi sigma^2 for a Gaussian.
     */
    private static final double PEAK_OF_UNIT_SIGNAL_TO_NOISE = 1 / Math.sqrt(Math.PI * SIGMA_PIXELS * SIGMA_PIXELS);

    /** Standard deviation and level of the noise, in counts; no recipe depends on them, and no pixel is exactly 0. */
    private static final double NOISE_SIGMA = 10;

    /** A template is the mean of many exposures. */
    private static final double TEMPLATE_SIGMA = 3;

    private static final double LEVEL = 1000;
    private static final long SEED = 20_210_801;

    private SyntheticPointSources() {}

    /** Sources at the centre pixel of {@code planes}; see {@link #stamp}. */
    static List<Stamp> sources(List<Plane> planes, int size) {
        return stamps(planes, size, SIGNAL_TO_NOISE, new Random(SEED));
    }

    /** Noise alone. */
    static List<Stamp> noise(List<Plane> planes, int size) {
        return stamps(planes, size, 0, new Random(SEED + 1));
    }

    private static List<Stamp> stamps(List<Plane> planes, int size, double signalToNoise, Random random) {
        List<Stamp> stamps = new ArrayList<>(COUNT);
        for (int i = 0; i < COUNT; i++) {
            stamps.add(stamp(planes, size, signalToNoise, random));
        }
        return stamps;
    }

    /**
     * A source of that S/N, 0 for none, at the centre pixel of noise. The coadds of a candidate all show the same image,
     * the difference shows it without a level, the template shows other, weaker noise, and science is the sum of both.
     */
    static Stamp stamp(List<Plane> planes, int size, double signalToNoise, Random random) {
        double peak = signalToNoise * PEAK_OF_UNIT_SIGNAL_TO_NOISE;
        int planePixels = size * size;
        double[] image = new double[planePixels];
        for (int i = 0; i < planePixels; i++) {
            double x = i % size - size / 2;
            double y = i / size - size / 2;
            double source = peak * Math.exp(-(x * x + y * y) / (2 * SIGMA_PIXELS * SIGMA_PIXELS));
            image[i] = NOISE_SIGMA * (source + random.nextGaussian());
        }
        double[] template = new double[planePixels];
        if (planes.contains(Plane.TEMPLATE) || planes.contains(Plane.SCIENCE)) {
            Arrays.setAll(template, i -> TEMPLATE_SIGMA * random.nextGaussian());
        }
        float[] pixels = new float[planes.size() * planePixels];
        for (int plane = 0; plane < planes.size(); plane++) {
            for (int i = 0; i < planePixels; i++) {
                pixels[plane * planePixels + i] = (float)
                        switch (planes.get(plane)) {
                            case MEDIAN, MEAN, SUM, WEIGHTED -> LEVEL + image[i];
                            case SCIENCE -> LEVEL + template[i] + image[i];
                            case TEMPLATE -> LEVEL + template[i];
                            case DIFFERENCE -> image[i];
                        };
            }
        }
        return Stamp.of(planes.size(), size, size, pixels);
    }
}
