package dev.stampede.stamps.contract;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The images that a network was made for. Its verdict on others would be a guess.
 *
 * @param surveys the names of the surveys, in upper or lower case; empty for any
 * @param pixelScaleArcsec the side of a pixel of its training stamps, arcseconds, above 0; empty if unknown
 * @param minPixelScaleArcsec the finest scale that it knows, 0 or more
 * @param maxPixelScaleArcsec the coarsest scale that it knows; infinity for any
 * @param polarity the sources of difference images that it knows
 */
public record Domain(
        List<String> surveys,
        OptionalDouble pixelScaleArcsec,
        double minPixelScaleArcsec,
        double maxPixelScaleArcsec,
        Polarity polarity) {
    /** The factor between the scale of the training stamps and others within which a point source is still one. */
    private static final double SCALE_FACTOR = 2;

    public Domain {
        surveys = List.copyOf(surveys);
        pixelScaleArcsec.ifPresent(scale ->
                require(scale > 0 && scale < Double.POSITIVE_INFINITY, "pixel scale not above 0 arcseconds: " + scale));
        require(
                minPixelScaleArcsec >= 0 && maxPixelScaleArcsec > minPixelScaleArcsec,
                "the range of pixel scales is " + minPixelScaleArcsec + " to " + maxPixelScaleArcsec
                        + " arcseconds, not from 0 or more to a larger number");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Of a network trained by Stampede on stamps of that scale: any survey, scales within a factor of two, bright sources. */
    public static Domain ofTraining(OptionalDouble pixelScaleArcsec) {
        return pixelScaleArcsec.isPresent()
                ? new Domain(
                        List.of(),
                        pixelScaleArcsec,
                        pixelScaleArcsec.getAsDouble() / SCALE_FACTOR,
                        pixelScaleArcsec.getAsDouble() * SCALE_FACTOR,
                        Polarity.BRIGHT)
                : new Domain(List.of(), pixelScaleArcsec, 0, Double.POSITIVE_INFINITY, Polarity.BRIGHT);
    }

    /** Any image, and both bright and dark sources. */
    public static Domain any() {
        return new Domain(List.of(), OptionalDouble.empty(), 0, Double.POSITIVE_INFINITY, Polarity.BOTH);
    }

    /** Why the images of {@code survey} are outside the domain; empty if they are not. */
    public Optional<String> surveyMismatch(String survey) {
        return surveys.isEmpty() || surveys.stream().anyMatch(survey::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of("survey " + survey);
    }

    /** Why pixels of that side, arcseconds, are outside the domain; empty if they are not. */
    public Optional<String> pixelScaleMismatch(double arcsec) {
        if (arcsec >= minPixelScaleArcsec && arcsec <= maxPixelScaleArcsec) {
            return Optional.empty();
        }
        String range = maxPixelScaleArcsec < Double.POSITIVE_INFINITY
                ? text(minPixelScaleArcsec) + " to " + text(maxPixelScaleArcsec)
                : text(minPixelScaleArcsec) + " or more";
        return Optional.of(text(arcsec) + " arcsec per pixel, not " + range);
    }

    private static String text(double arcsec) {
        return String.format(Locale.ROOT, "%.2f", arcsec);
    }
}
