package dev.stampede.stamps.injection;

import dev.stampede.stamps.error.InvalidInputException;
import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real images of a survey, each cut out around a candidate, with the PSF of its stars or a given one. Collected by one thread;
 * then thread-safe.
 */
public final class SurveyImages {
    private static final long PSF = 13;
    /** A candidate is replaced within that many FWHM from its centre. */
    private static final double CANDIDATE_RADIUS = 2;

    private final StarStack stars = new StarStack();
    private final List<SkyImage> skies = new ArrayList<>();
    /** The number of the first image of each object. */
    private final Map<String, Long> firstImages = new HashMap<>();

    private final List<Long> groups = new ArrayList<>();
    private final List<Optional<Double>> widths = new ArrayList<>();
    private final int size;
    private long small;
    private long unusable;

    /** @param size rows and columns of the stamps that are made, pixels */
    public SurveyImages(int size) {
        this.size = size;
    }

    /**
     * Adds an image. One that is smaller than a stamp, or mostly masked, is counted and not used.
     *
     * @param object equal for images of the same object, which show the same sky and become one group
     * @param image the plane that light is injected into, with the candidate at its centre
     * @param science the science image, in which stars are measured; empty if there is none
     * @param template the template of the science image
     */
    public void add(String object, Stamp image, Optional<Stamp> science, Optional<Stamp> template) {
        if (image.height() < size || image.width() < size) {
            small++;
            return;
        }
        Optional<SkyImage> sky = SkyImage.of(image);
        if (sky.isEmpty()) {
            unusable++;
            return;
        }
        long number = skies.size();
        Long first = firstImages.putIfAbsent(object, number);
        groups.add(first == null ? number : first);
        skies.add(sky.get());
        widths.add(science.flatMap(stamp -> stars.add(stamp, template)));
    }

    /** The number of images that are used. */
    public int count() {
        return skies.size();
    }

    /** A sentence about the images that are not used; empty if all are. */
    public String describeUnused() {
        return small + unusable == 0
                ? ""
                : (small + unusable) + " images are not used: " + small + " smaller than " + size + "x" + size
                        + " pixels, " + unusable + " mostly masked or without noise.";
    }

    /** What the stars show; empty if there are too few of them. */
    public Optional<StarStack.Measurement> measure() {
        return stars.measure();
    }

    /**
     * The images with a PSF of given widths, uniform in a range.
     *
     * @throws InvalidInputException if there is no image
     */
    public ImageSource withSeeing(double minFwhmPixels, double maxFwhmPixels, long seed) {
        requireImages();
        return image -> {
            RandomStream random = RandomStream.of(seed, image, PSF);
            return observation(image, PointSpread.seeing(minFwhmPixels, maxFwhmPixels, random));
        };
    }

    /**
     * The images with the measured PSF: its profile with the width of the stars of the image, or if it has none, that of another
     * image.
     *
     * @throws InvalidInputException if there is no image
     */
    public ImageSource withMeasured(StarStack.Measurement measured, long seed) {
        requireImages();
        List<Double> known = widths.stream()
                .flatMap(Optional::stream)
                .filter(measured::isStellar)
                .toList();
        return image -> {
            RandomStream random = RandomStream.of(seed, image, PSF);
            double other = known.isEmpty() ? measured.fwhmPixels() : known.get(random.below(known.size()));
            double width = widths.get((int) image).filter(measured::isStellar).orElse(other);
            return observation(image, PointSpread.circular(measured.profile(), width));
        };
    }

    private ImageSource.Observation observation(long image, PointSpread psf) {
        return new ImageSource.Observation(
                skies.get((int) image).withoutCandidate(CANDIDATE_RADIUS * psf.fwhmPixels()), psf, groups.get((int)
                        image));
    }

    /**
     * Checks that there is an image to inject into.
     *
     * @throws InvalidInputException if there is none; the message says why the images are not used
     */
    public void requireImages() {
        if (skies.isEmpty()) {
            throw new InvalidInputException("There is no image to inject into"
                    + (small + unusable == 0
                            ? "."
                            : ": " + describeUnused() + (small > 0 ? " Make smaller stamps with --size." : "")));
        }
    }
}
