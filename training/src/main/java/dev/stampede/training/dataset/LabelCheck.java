package dev.stampede.training.dataset;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Whether the real stamps look more like point sources than the bogus ones. A published notebook for a public data set
 * of this kind reads its two files the wrong way round, and a network learns that as gladly.
 */
public final class LabelCheck {
    /** Enough that the median of a class is known to about a tenth of its spread. */
    private static final int SAMPLE = 500;

    /** Full width at half maximum of a coadded mover, pixels; the median measured on simulated ones. */
    private static final double FWHM_PIXELS = 4.4;

    /** FWHM = 2 sqrt(2 ln 2) sigma of a Gaussian. */
    private static final double SIGMA_PIXELS = FWHM_PIXELS / (2 * Math.sqrt(2 * Math.log(2)));

    private final double realLikeness;
    private final double bogusLikeness;

    private LabelCheck(double realLikeness, double bogusLikeness) {
        this.realLikeness = realLikeness;
        this.bogusLikeness = bogusLikeness;
    }

    /**
     * Measures some hundred examples of each class, the same for the same seed.
     *
     * @throws InvalidDataException if a class has no examples
     */
    public static LabelCheck of(Examples examples, long seed) {
        demandExamples(examples, examples.realCount(), "real");
        demandExamples(examples, examples.size() - examples.realCount(), "bogus");
        return new LabelCheck(median(examples, true, seed), median(examples, false, seed));
    }

    private static void demandExamples(Examples examples, int count, String className) {
        if (count == 0) {
            throw new InvalidDataException("of " + examples.source().size() + " stamps no " + className
                    + " one can be judged: they are masked, blank or flat");
        }
    }

    private static double median(Examples examples, boolean real, long seed) {
        int[] indices = IntStream.range(0, examples.size())
                .filter(i -> examples.isReal(i) == real)
                .toArray();
        double[] likeness = new Random(seed)
                .ints(SAMPLE, 0, indices.length)
                .mapToDouble(i -> likeness(examples, indices[i]))
                .sorted()
                .toArray();
        return likeness[likeness.length / 2];
    }

    /**
     * The correlation of the normalised stamp's first channel with a Gaussian at its centre: 1 for a clean point source,
     * about 0 for noise, whatever the brightness.
     */
    private static double likeness(Examples examples, int index) {
        int size = examples.shape().size();
        double[] pixels = new double[size * size];
        double[] profile = new double[size * size];
        for (int i = 0; i < pixels.length; i++) {
            double row = i / size - size / 2;
            double column = i % size - size / 2;
            pixels[i] = examples.pixel(index, i);
            profile[i] = Math.exp(-(row * row + column * column) / (2 * SIGMA_PIXELS * SIGMA_PIXELS));
        }
        return correlation(pixels, profile);
    }

    private static double correlation(double[] one, double[] other) {
        double oneMean = Arrays.stream(one).average().orElseThrow();
        double otherMean = Arrays.stream(other).average().orElseThrow();
        double product = 0;
        double oneSquare = 0;
        double otherSquare = 0;
        for (int i = 0; i < one.length; i++) {
            product += (one[i] - oneMean) * (other[i] - otherMean);
            oneSquare += (one[i] - oneMean) * (one[i] - oneMean);
            otherSquare += (other[i] - otherMean) * (other[i] - otherMean);
        }
        return product / Math.sqrt(Math.max(oneSquare * otherSquare, Double.MIN_NORMAL));
    }

    /** Whether the bogus stamps look more like point sources than the real ones. */
    public boolean looksSwapped() {
        return bogusLikeness > realLikeness;
    }

    /**
     * Refuses labels that look swapped, unless the caller vouches for them.
     *
     * @throws InvalidDataException saying how the two classes look
     */
    public void demandRight(boolean labelsAreRight) {
        if (looksSwapped() && !labelsAreRight) {
            throw new InvalidDataException(String.format(
                    Locale.ROOT,
                    "The labels look swapped: the noise is more like point sources (%.2f) than the sources are (%.2f)."
                            + " Exchange the two files, or give --labels-are-right.",
                    bogusLikeness,
                    realLikeness));
        }
    }

    /** Median correlation of the real stamps with a point source at their centre, -1 to 1. */
    public double realLikeness() {
        return realLikeness;
    }

    /** The same of the bogus stamps. */
    public double bogusLikeness() {
        return bogusLikeness;
    }
}
