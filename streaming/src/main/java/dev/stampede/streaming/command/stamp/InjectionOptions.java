package dev.stampede.streaming.command.stamp;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.injection.ImageSource;
import dev.stampede.stamps.injection.InjectionSettings;
import dev.stampede.stamps.injection.StarStack;
import dev.stampede.stamps.injection.SurveyImages;
import dev.stampede.stamps.simulate.CandidateKind;
import dev.stampede.stamps.simulate.SimulationSettings;
import dev.stampede.stamps.stamp.Plane;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What is injected into the images of a survey. */
@OptionHeading("Injection")
final class InjectionOptions {
    /** If it is neither measured nor given: a third of a pixel, as good pipelines align images. */
    private static final double REGISTRATION_ERROR = 0.3;

    @Option(
            names = "--plane",
            defaultValue = "difference",
            paramLabel = "PLANE",
            description = "Image of the packets into which light is injected, the only plane of the stamps.")
    private Plane plane;

    @Option(
            names = "--size",
            defaultValue = "" + SimulationSettings.STANDARD_SIZE,
            paramLabel = "PIXELS",
            description = "Rows and columns of every stamp; odd, not above those of the images.")
    private int size;

    @Option(
            names = "--per-image",
            defaultValue = "20",
            paramLabel = "N",
            description = "Stamps of each image; those of one object are one group, which no split divides.")
    private int perImage;

    @Option(
            names = "--fwhm",
            split = ",",
            arity = "1",
            paramLabel = "MIN,MAX",
            description =
                    "FWHM of the PSF, pixels, one value or two (default: measured on stars of the science images).")
    private List<Double> fwhm = List.of();

    @Option(
            names = "--signal-to-noise",
            defaultValue = "5,100",
            split = ",",
            arity = "1",
            paramLabel = "LOW,HIGH",
            description = "S/N of the faintest and the brightest source.")
    private List<Double> signalToNoise;

    @Option(
            names = "--max-offset",
            defaultValue = "1.5",
            paramLabel = "PIXELS",
            description = "Maximum distance of a source from the centre of its stamp.")
    private double maxOffset;

    @Option(
            names = "--registration-error",
            paramLabel = "PIXELS",
            description = "Typical error of the alignment of science image and template, which makes dipoles (default:"
                    + " measured on stars, or " + REGISTRATION_ERROR + ").")
    private @Nullable Double registrationError;

    @Option(
            names = "--real-share",
            defaultValue = "0.5",
            paramLabel = "SHARE",
            description = "Share of sources, 0 to 1.")
    private double realShare;

    @Option(
            names = "--bogus",
            split = ",",
            paramLabel = "KIND=WEIGHT",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Weights of the bogus kinds, such as NOISE_PEAK=6,STAR_RESIDUE=1, of NOISE_PEAK (the highest"
                    + " peaks of the images), STAR_RESIDUE, COSMIC_RAY, STREAK, DETECTOR_DEFECT, NEGATIVE_SOURCE (default:"
                    + " a mix of all).")
    private Map<CandidateKind, Double> bogus = new EnumMap<>(CandidateKind.class);

    int size() {
        return size;
    }

    /** The planes to read: that of the stamps, and if stars are measured, the science image and its template. */
    List<Plane> planes() {
        return isPsfGiven()
                ? List.of(plane)
                : List.of(plane, Plane.SCIENCE, Plane.TEMPLATE).stream()
                        .distinct()
                        .toList();
    }

    boolean isPsfGiven() {
        return !fwhm.isEmpty();
    }

    /** Checks the options before anything is read. */
    void check() {
        settings(Optional.empty());
        if (fwhm.size() > 2) {
            throw CommandException.usage("--fwhm needs one value or two, such as 2.0,2.8.");
        }
        if (isPsfGiven()
                && !(fwhm.get(0) > 0 && fwhm.get(fwhm.size() - 1) >= fwhm.get(0) && fwhm.get(fwhm.size() - 1) < size)) {
            throw CommandException.usage(
                    "--fwhm must be above 0 and below the size of the stamps, low to high, not " + fwhm + ".");
        }
    }

    /** The settings with what was measured. */
    InjectionSettings settings(Optional<StarStack.Measurement> measured) {
        if (signalToNoise.size() != 2) {
            throw CommandException.usage("--signal-to-noise needs two values, such as 5,100.");
        }
        try {
            SimulationSettings stamps = SimulationSettings.standard()
                    .withRealShare(realShare)
                    .withSignalToNoise(signalToNoise.get(0), signalToNoise.get(1))
                    .withPlanes(List.of(plane))
                    .withSize(size);
            double registration = registrationError == null
                    ? measured.flatMap(StarStack.Measurement::registrationErrorPixels)
                            .orElse(REGISTRATION_ERROR)
                    : registrationError;
            return new InjectionSettings(
                    bogus.isEmpty() ? InjectionSettings.differenceArtefacts(stamps) : stamps.withBogusWeights(bogus),
                    perImage,
                    maxOffset,
                    registration);
        } catch (IllegalArgumentException wrong) {
            throw CommandException.usage("Invalid injection settings: " + wrong.getMessage() + ".");
        }
    }

    /** The images with the PSF that was given or measured. */
    ImageSource source(SurveyImages images, Optional<StarStack.Measurement> measured, long seed) {
        images.requireImages();
        if (isPsfGiven()) {
            return images.withSeeing(fwhm.get(0), fwhm.get(fwhm.size() - 1), seed);
        }
        return images.withMeasured(
                measured.orElseThrow(
                        () -> CommandException.failed(
                                "The science images of " + images.count()
                                        + " packets do not show the " + StarStack.MIN_STARS
                                        + " bright, isolated and unsaturated stars that"
                                        + " are needed to measure the PSF; state its width with --fwhm, such as --fwhm 2.0,2.8 (pixels).")),
                seed);
    }

    /** A sentence about the PSF. */
    String describe(Optional<StarStack.Measurement> measured, InjectionSettings settings) {
        String psf = isPsfGiven()
                ? "PSF as given"
                : measured.map(stars -> String.format(
                                Locale.ROOT, "PSF of %d stars: FWHM %.2f pixels", stars.stars(), stars.fwhmPixels()))
                        .orElse("");
        return String.format(
                Locale.ROOT, "%s, registration error %.2f pixels", psf, settings.registrationErrorPixels());
    }
}
