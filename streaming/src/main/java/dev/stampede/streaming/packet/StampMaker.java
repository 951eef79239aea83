package dev.stampede.streaming.packet;

import dev.stampede.stamps.fits.FitsImage;
import dev.stampede.stamps.fits.FitsReader;
import dev.stampede.stamps.resample.Resampling;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Converts the cutouts of a packet to the stamp that is scored. One instance per thread. */
final class StampMaker {
    private final Optional<PixelGrid> grid;
    private final FitsReader fits;

    /**
     * @param grid the model's pixel grid if images are resampled
     * @param fits reads the cutouts
     */
    StampMaker(Optional<PixelGrid> grid, FitsReader fits) {
        this.grid = grid;
        this.fits = fits;
    }

    /**
     * The converted cutouts.
     *
     * @param width columns of the first image
     * @param height rows of the first image
     * @param pixelScaleArcsec the side of its pixels, arcseconds, if known
     * @param stamp the cutouts in their order
     * @param magnification the pixels of the stamp per pixel of the first image, if resampled
     */
    record Made(int width, int height, OptionalDouble pixelScaleArcsec, Stamp stamp, OptionalDouble magnification) {}

    /**
     * Converts cutouts, one or more.
     *
     * @param scaleArcsec the pixel scale from the packet or the survey's description; the header of an image takes
     *     precedence
     * @throws dev.stampede.stamps.fits.FitsFormatException if a cutout is not a valid FITS image within the size limits
     */
    Made make(List<ByteBuffer> cutouts, OptionalDouble scaleArcsec) {
        List<FitsImage> images = cutouts.stream().map(this::read).toList();
        OptionalDouble scale = scale(images.get(0), scaleArcsec);
        boolean resamples = grid.isPresent() && scale.isPresent();
        List<Stamp> planes = images.stream()
                .map(image -> resamples ? resampled(image, scaleArcsec) : image.stamp())
                .toList();
        Stamp first = images.get(0).stamp();
        return new Made(
                first.width(),
                first.height(),
                scale,
                planes.size() == 1 ? planes.get(0) : Stamp.join(planes),
                resamples
                        ? OptionalDouble.of(scale.getAsDouble() / grid.get().pixelScaleArcsec())
                        : OptionalDouble.empty());
    }

    private static OptionalDouble scale(FitsImage image, OptionalDouble described) {
        return image.pixelScaleArcsec().isPresent() ? image.pixelScaleArcsec() : described;
    }

    private Stamp resampled(FitsImage image, OptionalDouble described) {
        PixelGrid target = grid.orElseThrow();
        double scale = scale(image, described).orElse(target.pixelScaleArcsec());
        return new Resampling(target.pixelScaleArcsec() / scale, target.size()).apply(image.stamp());
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
