package dev.stampede.training.dataset;

import dev.stampede.stamps.stamp.Percentiles;
import dev.stampede.stamps.stamp.Plane;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Detects swapped labels: the real stamps should look more like point sources than the bogus ones. A published notebook
 * for a public data set exchanges its two files, and a network trained on them gives no sign of it.
 */
public final class LabelCheck {
    /** The median of a class is then known to about a tenth of its scatter. */
    private static final int SAMPLE = 500;

    /** Full width at half maximum of a coadded mover, pixels; the median of simulated ones. */
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
     * Measures random examples of each class, the same for the same seed.
     *
     * @param planes those of the examples, in order
     * @throws InvalidDataException if a class has no examples
     */
    public static LabelCheck of(Examples examples, List<Plane> planes, long seed) {
        requireExamples(examples, examples.realCount(), "real");
        requireExamples(examples, examples.size() - examples.realCount(), "bogus");
        int plane = Plane.clearest(planes);
        return new LabelCheck(median(examples, plane, true, seed), median(examples, plane, false, seed));
    }

    private static void requireExamples(Examples examples, int count, String className) {
        if (count == 0) {
            throw new InvalidDataException("Of " + examples.source().size() + " stamps no " + className
                    + " one can be classified: they are masked, blank or flat.");
        }
    }

    private static double median(Examples examples, int plane, boolean real, long seed) {
        int[] indices = IntStream.range(0, examples.size())
                .filter(i -> examples.isReal(i) == real)
                .toArray();
        return Percentiles.median(new Random(seed)
                .ints(SAMPLE, 0, indices.length)
                .mapToDouble(i -> likeness(examples, plane, indices[i]))
                .toArray());
    }

    /**
     * The correlation of a plane of the normalised stamp with a Gaussian at its centre: 1 for a noiseless point
     * source, about 0 for noise.
     */
    private static double likeness(Examples examples, int plane, int index) {
        int size = examples.shape().size();
        double[] pixels = new double[size * size];
        double[] profile = new double[size * size];
        for (int i = 0; i < pixels.length; i++) {
            double row = i / size - size / 2;
            double column = i % size - size / 2;
            pixels[i] = examples.pixel(index, plane * pixels.length + i);
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
     * Rejects labels that look swapped, unless {@code labelsAreRight}.
     *
     * @throws InvalidDataException with the medians of both classes
     */
    public void requireRight(boolean labelsAreRight) {
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

    /** The same for the bogus stamps. */
    public double bogusLikeness() {
        return bogusLikeness;
    }
}
