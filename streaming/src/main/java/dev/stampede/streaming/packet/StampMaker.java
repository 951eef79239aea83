package dev.stampede.streaming.packet;

import dev.stampede.stamps.fits.FitsImage;
import dev.stampede.stamps.fits.FitsReader;
import dev.stampede.stamps.resample.Resampling;
import dev.stampede.stamps.score.Abstention;
import dev.stampede.stamps.score.Prediction.Abstained;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Converts the cutouts of a packet to the stamp that is scored. One instance per thread. */
final class StampMaker {
    private final List<Plane> planes;
    private final StampFit fit;
    private final FitsReader fits;

    /**
     * @param planes the cutouts that are converted, in order
     * @param fit how images become the input of the model
     * @param fits reads the cutouts
     */
    StampMaker(List<Plane> planes, StampFit fit, FitsReader fits) {
        this.planes = planes;
        this.fit = fit;
        this.fits = fits;
    }

    StampFit fit() {
        return fit;
    }

    /**
     * Adds the converted cutouts to {@code alert}, or the reason why the model cannot classify them.
     *
     * @param cutouts one for each plane
     * @param source the position of the source
     * @param described the pixel scale from the packet or the survey's description, arcseconds; the header of an image
     *     takes precedence
     * @param isNegative whether the source is dark in the difference image
     * @throws dev.stampede.stamps.fits.FitsFormatException if a cutout is not a valid FITS image within the size limits
     */
    void addTo(
            Alert.Builder alert,
            List<ByteBuffer> cutouts,
            SkyPosition source,
            OptionalDouble described,
            boolean isNegative) {
        List<FitsImage> images = cutouts.stream().map(this::read).toList();
        OptionalDouble scale = scale(images.get(0), described);
        Optional<Abstained> abstention = fit.abstention(scale);
        Optional<PixelGrid> grid = abstention.isPresent() ? Optional.empty() : fit.grid(scale);
        Stamp first = images.get(0).stamp();
        alert.image(first.width(), first.height())
                .scales(
                        scale,
                        grid.isPresent()
                                ? OptionalDouble.of(
                                        scale.getAsDouble() / grid.get().pixelScaleArcsec())
                                : OptionalDouble.empty());
        if (abstention.isPresent()) {
            alert.abstention(abstention.get());
            return;
        }
        List<Stamp> stamps = new ArrayList<>();
        for (FitsImage image : images) {
            Optional<Stamp> centred = fit.centred(image, source);
            if (centred.isEmpty()) {
                alert.abstention(cutOff(image.stamp()));
                return;
            }
            stamps.add(
                    grid.isPresent() ? resampled(centred.get(), scale(image, described), grid.get()) : centred.get());
        }
        Stamp stamp = stamps.size() == 1 ? stamps.get(0) : Stamp.join(stamps);
        boolean negated = isNegative && fit.negates() && planes.contains(Plane.DIFFERENCE);
        alert.polarity(isNegative, negated)
                .stamp(negated ? stamp.negated(plane -> planes.get(plane) == Plane.DIFFERENCE) : stamp);
    }

    private static Abstained cutOff(Stamp image) {
        return new Abstained(
                Abstention.CUT_OFF,
                "an image of " + image.width() + "x" + image.height() + " pixels without the position of its source",
                PixelQuality.NOT_MEASURED);
    }

    private static OptionalDouble scale(FitsImage image, OptionalDouble described) {
        return image.pixelScaleArcsec().isPresent() ? image.pixelScaleArcsec() : described;
    }

    private static Stamp resampled(Stamp stamp, OptionalDouble scaleArcsec, PixelGrid target) {
        double scale = scaleArcsec.orElse(target.pixelScaleArcsec());
        return new Resampling(target.pixelScaleArcsec() / scale, target.size()).apply(stamp);
    }

    private FitsImage read(ByteBuffer cutout) {
        // Avro returns whole arrays; anything else is copied.
        if (cutout.hasArray() && cutout.arrayOffset() + cutout.position() == 0) {
            return fits.read(cutout.array(), cutout.remaining());
        }
        byte[] copy = new byte[cutout.remaining()];
        cutout.duplicate().get(copy);
        return fits.read(copy, copy.length);
    }
}
