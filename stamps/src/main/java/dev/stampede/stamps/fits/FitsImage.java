package dev.stampede.stamps.fits;

import dev.stampede.stamps.stamp.Stamp;
import java.util.OptionalDouble;

/**
 * The first image of a FITS file.
 *
 * @param stamp its pixels, one plane
 * @param pixelScaleArcsec the side of a pixel on the sky, arcseconds; empty if the header does not define it
 */
public record FitsImage(Stamp stamp, OptionalDouble pixelScaleArcsec) {}
