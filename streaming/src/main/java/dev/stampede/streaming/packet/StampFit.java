package dev.stampede.streaming.packet;

import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.Padding;
import dev.stampede.stamps.contract.Polarity;
import dev.stampede.stamps.fits.FitsImage;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which alerts a model can classify, and how their images become its input. Immutable.
 *
 * @param size rows and columns of the model's input, pixels
 * @param domain the images that the model was made for
 * @param padding what becomes of smaller images
 * @param resizing how an image is converted to that size
 * @param outOfDomain what happens to other images
 */
record StampFit(int size, Domain domain, Padding padding, Resizing resizing, OutOfDomain outOfDomain) {
    /** Scales that differ less, such as those of the detectors of one camera, are equal: 0.2 pixels over a stamp of 21. */
    private static final double EQUAL_SCALES = 0.01;

    /** The abstention for all alerts of {@code survey}; empty if there is none. */
    Optional<Abstained> abstention(String survey) {
        return abstains() ? domain.surveyMismatch(survey).map(Abstained::outOfDomain) : Optional.empty();
    }

    /** The abstention for images of that pixel scale, arcseconds; empty if there is none, as for an unknown scale. */
    Optional<Abstained> abstention(OptionalDouble scaleArcsec) {
        return abstains() && scaleArcsec.isPresent()
                ? domain.pixelScaleMismatch(scaleArcsec.getAsDouble()).map(Abstained::outOfDomain)
                : Optional.empty();
    }

    /**
     * The image with its source at the centre; empty if it was cut off and does not tell where the source is. A model that
     * pads at a corner was trained on such images as they are.
     */
    Optional<Stamp> centred(FitsImage image, SkyPosition source) {
        return size == 0 || padding.place() == Padding.Place.CORNER
                ? Optional.of(image.stamp())
                : image.centredOn(source.rightAscensionDegrees(), source.declinationDegrees());
    }

    private boolean abstains() {
        return outOfDomain == OutOfDomain.ABSTAIN;
    }

    /** The grid to which an image of that pixel scale, arcseconds, is resampled; empty if it is cropped. */
    Optional<PixelGrid> grid(OptionalDouble scaleArcsec) {
        return resizing == Resizing.CROP || scaleArcsec.isEmpty()
                ? Optional.empty()
                : PixelGrid.of(size, domain.pixelScaleArcsec())
                        .filter(grid -> resizing == Resizing.RESAMPLE
                                || !isEqual(scaleArcsec.getAsDouble() / grid.pixelScaleArcsec()));
    }

    /** Whether a source that is dark in the difference image must become bright. */
    boolean negates() {
        return domain.polarity() == Polarity.BRIGHT;
    }

    private static boolean isEqual(double ratio) {
        return Math.abs(ratio - 1) <= EQUAL_SCALES;
    }
}
