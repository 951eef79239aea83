package dev.stampede.streaming.packet;

import dev.stampede.stamps.fits.FitsImage;
import dev.stampede.stamps.fits.FitsReader;
import dev.stampede.stamps.resample.Resampling;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalDouble;

/** Converts a survey's cutout to the stamp that is scored. One instance per thread. */
final class StampMaker {
    private final int channels;
    private final Optional<PixelGrid> grid;
    private final FitsReader fits;

    /**
     * @param channels the number of channels of the model; a cutout is one
     * @param grid the model's pixel grid if images are resampled
     * @param fits reads the cutout
     */
    StampMaker(int channels, Optional<PixelGrid> grid, FitsReader fits) {
        this.channels = channels;
        this.grid = grid;
        this.fits = fits;
    }

    /**
     * A converted cutout.
     *
     * @param image the original image
     * @param pixelScaleArcsec the side of its pixels, arcseconds, if known
     * @param stamp the model's input; empty for a model of several channels
     * @param magnification the pixels of the stamp per pixel of the image, if resampled
     */
    record Made(Stamp image, OptionalDouble pixelScaleArcsec, Optional<Stamp> stamp, OptionalDouble magnification) {}

    /**
     * Converts a cutout.
     *
     * @param scaleArcsec the pixel scale from the packet or the survey's description; the header of the image takes
     *     precedence
     * @throws dev.stampede.stamps.fits.FitsFormatException if the cutout is not a valid FITS image within the size limits
     */
    Made make(ByteBuffer cutout, OptionalDouble scaleArcsec) {
        FitsImage image = read(cutout);
        OptionalDouble scale = image.pixelScaleArcsec().isPresent() ? image.pixelScaleArcsec() : scaleArcsec;
        if (channels != 1) {
            return new Made(image.stamp(), scale, Optional.empty(), OptionalDouble.empty());
        }
        if (grid.isEmpty() || scale.isEmpty()) {
            Stamp square = FitsReader.padToSquare(image.stamp());
            return new Made(image.stamp(), scale, Optional.of(square), OptionalDouble.empty());
        }
        double step = grid.get().pixelScaleArcsec() / scale.getAsDouble();
        Stamp resampled = new Resampling(step, grid.get().size()).apply(image.stamp());
        return new Made(image.stamp(), scale, Optional.of(resampled), OptionalDouble.of(1 / step));
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
