package dev.stampede.stamps.injection;

import dev.stampede.stamps.stamp.OrderedPixels;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The PSF of a survey from the stars in its science images. Each star is scaled to its own peak and width around its own centre, so
 * that the stars sample the profile finer than pixels; the profile is the sigmaG-clipped median over the stars, in rings. Not
 * thread-safe.
 */
public final class StarStack {
    /** Rings of the profile per FWHM. */
    private static final int RINGS = 10;
    /** The minimum number of stars of a profile. */
    public static final int MIN_STARS = 5;
    /** Seeing differs between nights; a width that differs by more than that factor from the median is not that of a star. */
    private static final double MAX_RATIO = 2;

    private static final double CLIP = 3;
    /** Two fits of stars scatter by less, if the images are aligned well. */
    private static final double MIN_REGISTRATION_ERROR = 0.05;

    private final List<Sampled> stars = new ArrayList<>();
    private final List<Double> shifts = new ArrayList<>();

    /** A star, and its pixels as pairs of the distance from its centre, in FWHM, and the share of its peak. */
    private record Sampled(double fwhmPixels, List<double[]> pixels) {}

    /**
     * Adds the stars of an image, and their shifts from those of its template.
     *
     * @param science one plane
     * @param template the same sky in the same pixels; empty if there is none
     * @return the median width of the stars, pixels; empty if there are none
     */
    public Optional<Double> add(Stamp science, Optional<Stamp> template) {
        Optional<StarFinder> found = StarFinder.of(science);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<StarFinder> reference = template.flatMap(StarFinder::of);
        List<Double> widths = new ArrayList<>();
        for (StarFinder.Star star : found.get().stars()) {
            stars.add(sample(found.get(), star));
            widths.add(star.fwhmPixels());
            reference
                    .flatMap(finder -> finder.fit((int) Math.rint(star.row()), (int) Math.rint(star.column())))
                    .ifPresent(other -> shifts.add(
                            Math.sqrt(square(star.row() - other.row()) + square(star.column() - other.column()))));
        }
        return widths.isEmpty() ? Optional.empty() : Optional.of(median(widths));
    }

    private static double square(double value) {
        return value * value;
    }

    private static Sampled sample(StarFinder image, StarFinder.Star star) {
        List<double[]> pixels = new ArrayList<>();
        int reach = (int) (PsfProfile.REACH * star.fwhmPixels());
        int row = (int) Math.rint(star.row());
        int column = (int) Math.rint(star.column());
        for (int r = Math.max(0, row - reach); r <= Math.min(image.rows() - 1, row + reach); r++) {
            for (int c = Math.max(0, column - reach); c <= Math.min(image.columns() - 1, column + reach); c++) {
                double distance = Math.sqrt(square(r - star.row()) + square(c - star.column()));
                if (!Double.isNaN(image.at(r, c))) {
                    pixels.add(new double[] {distance / star.fwhmPixels(), image.at(r, c) / star.peak()});
                }
            }
        }
        return new Sampled(star.fwhmPixels(), pixels);
    }

    /**
     * What the stars show.
     *
     * @param profile the brightness by distance
     * @param fwhmPixels the median width of the stars
     * @param stars the number of stars used
     * @param registrationErrorPixels the typical error of the alignment along an axis; empty if it was not measured
     */
    public record Measurement(
            PsfProfile profile, double fwhmPixels, int stars, Optional<Double> registrationErrorPixels) {
        /** Whether a width is that of a star, not of a galaxy or a cosmic ray. */
        boolean isStellar(double width) {
            return isStellar(width, fwhmPixels);
        }

        private static boolean isStellar(double width, double median) {
            return width < median * MAX_RATIO && width > median / MAX_RATIO;
        }
    }

    /** The PSF; empty with fewer than {@value #MIN_STARS} stars of about the same width. */
    public Optional<Measurement> measure() {
        if (stars.isEmpty()) {
            return Optional.empty();
        }
        double fwhm = median(stars.stream().map(Sampled::fwhmPixels).toList());
        List<Sampled> stellar = stars.stream()
                .filter(star -> Measurement.isStellar(star.fwhmPixels(), fwhm))
                .toList();
        // A Rayleigh distribution of standard deviation s along each axis has the median 1.1774 s.
        Optional<Double> registration = shifts.size() < MIN_STARS
                ? Optional.empty()
                : Optional.of(Math.max(MIN_REGISTRATION_ERROR, median(shifts) / 1.1774));
        return stellar.size() < MIN_STARS
                ? Optional.empty()
                : Optional.of(new Measurement(profile(stellar), fwhm, stellar.size(), registration));
    }

    private static PsfProfile profile(List<Sampled> stars) {
        int rings = RINGS * PsfProfile.REACH + 1;
        double[] ring = new double[rings];
        ring[0] = 1;
        for (int i = 1; i < rings; i++) {
            double middle = (double) i / RINGS;
            List<Double> values = new ArrayList<>();
            for (Sampled star : stars) {
                for (double[] pixel : star.pixels()) {
                    if (Math.abs(pixel[0] - middle) <= 0.5 / RINGS) {
                        values.add(pixel[1]);
                    }
                }
            }
            double value = values.isEmpty() ? ring[i - 1] : clippedMedian(values);
            ring[i] = Math.min(ring[i - 1], Math.max(0, value)); // a star is nowhere brighter than further inside
        }
        double[] profile = new double[PsfProfile.STEPS * PsfProfile.REACH + 1];
        for (int i = 0; i < profile.length; i++) {
            double place = (double) i * RINGS / PsfProfile.STEPS;
            int below = Math.min((int) place, rings - 2);
            profile[i] = ring[below] + (place - below) * (ring[below + 1] - ring[below]);
        }
        return PsfProfile.of(profile);
    }

    private static double clippedMedian(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = sorted[sorted.length / 2];
        double sigma = OrderedPixels.SIGMA_PER_QUARTILE_RANGE
                * (sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4]); // sigmaG
        double[] kept = Arrays.stream(sorted)
                .filter(value -> Math.abs(value - median) <= CLIP * sigma)
                .toArray();
        return kept.length == 0 ? median : kept[kept.length / 2];
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
