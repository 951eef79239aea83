package dev.stampede.streaming.packet;

import dev.stampede.stamps.fits.FitsImage;
import dev.stampede.stamps.fits.FitsReader;
import dev.stampede.stamps.resample.Resampling;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes the stamp that is judged of a survey's cutout. One instance a thread. */
final class StampMaker {
    private final int channels;
    private final Optional<PixelGrid> grid;
    private final FitsReader fits;

    /**
     * @param channels how many coadds the model looks at; a packet's cutout is one
     * @param grid the model's pixels, where images are resampled to them
     * @param fits reads the cutout; stays the caller's to close
     */
    StampMaker(int channels, Optional<PixelGrid> grid, FitsReader fits) {
        this.channels = channels;
        this.grid = grid;
        this.fits = fits;
    }

    /**
     * What became of a cutout.
     *
     * @param image as it came
     * @param pixelScaleArcsec the side of its pixels, arcseconds, where that is known
     * @param stamp what the model looks at; empty where it looks at several coadds
     * @param magnification how many pixels of the stamp lie along one of the image, where it was resampled
     */
    record Made(Stamp image, OptionalDouble pixelScaleArcsec, Optional<Stamp> stamp, OptionalDouble magnification) {}

    /**
     * @param scaleArcsec the side of a pixel as the packet or the survey's description has it; the image's own header
     *     knows better
     * @throws dev.stampede.stamps.fits.FitsFormatException if the cutout is no FITS image within the bounds
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
        // Avro hands out whole arrays; anything else is copied.
        if (cutout.hasArray() && cutout.arrayOffset() + cutout.position() == 0) {
            return fits.read(cutout.array(), cutout.remaining());
        }
        byte[] copy = new byte[cutout.remaining()];
        cutout.duplicate().get(copy);
        return fits.read(copy, copy.length);
    }
}
