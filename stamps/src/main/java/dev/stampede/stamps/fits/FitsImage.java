package dev.stampede.stamps.fits;

import dev.stampede.stamps.stamp.Stamp;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The first image of a FITS file.
 *
 * @param stamp its pixels, one plane
 * @param pixelScaleArcsec the side of a pixel on the sky, arcseconds; empty if the header does not define it
 * @param sky where its pixels are on the sky
 */
public record FitsImage(Stamp stamp, OptionalDouble pixelScaleArcsec, SkyGrid sky) {
    /** Sub-pixel positions, and conventions for the centre of an even side, differ by less. */
    private static final double MAX_OFFSET_PIXELS = 1;

    /**
     * The stamp of a source, which is at the pixel {@code side / 2}. An image that was cut off at the edge of a detector
     * is filled up with masked pixels on the sides where its header shows that pixels are missing. A source outside of
     * the image is not believed: its header describes another image.
     *
     * @return empty if the image is not square and its header does not tell where the source is
     */
    public Optional<Stamp> centredOn(double rightAscensionDegrees, double declinationDegrees) {
        Optional<SkyGrid.Pixel> source = sky.pixelOf(rightAscensionDegrees, declinationDegrees)
                .filter(pixel -> isWithin(pixel.row(), stamp.height()) && isWithin(pixel.column(), stamp.width()));
        if (source.isEmpty()) {
            // A side may differ by a pixel from the rounding of its ends.
            return Math.abs(stamp.height() - stamp.width()) <= 1 ? Optional.of(stamp) : Optional.empty();
        }
        double row = source.get().row();
        double column = source.get().column();
        return Optional.of(
                isCentral(row, stamp.height()) && isCentral(column, stamp.width())
                        ? stamp
                        : stamp.centredOn((int) Math.round(row), (int) Math.round(column)));
    }

    private static boolean isCentral(double position, int side) {
        int candidate = side / 2;
        return Math.abs(position - candidate) <= MAX_OFFSET_PIXELS;
    }

    private static boolean isWithin(double position, int side) {
        return position >= -0.5 && position < side - 0.5;
    }
}
