package dev.stampede.stamps.explain;

/**
 * Which pixels of a stamp decided.
 *
 * @param positions the value at each position of the patch, by its first row and column in strides: for
 *     {@link OcclusionSettings.Definition#DROP} the drop of the probability of the verdict, -1 to 1
 * @param pixels the map on the grid of the stamp as judged: rows and columns are the image's own
 * @param aperture where the attribution of a point source should lie
 * @param apertureShare the share of what is above 0 in {@code pixels} that lies in the aperture, 0 to 1; NaN
 *     where nothing is above 0. A point source that was judged on its background has a low one
 * @param passes how often the model was asked for it
 */
public record OcclusionMap(Grid positions, Grid pixels, Aperture aperture, float apertureShare, int passes) {}
