package dev.stampede.stamps.explain;

/**
 * The attribution of a stamp's pixels.
 *
 * @param positions the value at each position of the patch, by its first row and column in strides: for
 *     {@link OcclusionSettings.Definition#DROP} the drop of the probability of the verdict, -1 to 1
 * @param pixels the map on the pixel grid of the scored stamp
 * @param aperture where the attribution of a point source should lie
 * @param apertureShare the share of the positive values of {@code pixels} in the aperture, 0 to 1; NaN if there are none.
 *     It is low for a point source whose score depends on the background
 * @param passes the number of stamps that were scored for it
 */
public record OcclusionResult(Grid positions, Grid pixels, Aperture aperture, float apertureShare, int passes) {}
