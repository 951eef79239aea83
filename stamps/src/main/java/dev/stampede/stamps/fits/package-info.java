/** Reads cutouts in FITS, the image format of astronomy. Source: the FITS standard, version 4.0. */
@NullMarked
package dev.stampede.stamps.fits;

import org.jspecify.annotations.NullMarked;
