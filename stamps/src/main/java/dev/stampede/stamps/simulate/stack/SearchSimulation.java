package dev.stampede.stamps.simulate.stack;

import dev.stampede.stamps.stamp.Plane;
import java.util.List;

/**
 * The settings of a simulated search.
 *
 * @param fields the images to search in
 * @param planes the coadds of every stamp, in order
 * @param size rows and columns of every stamp, odd
 * @param minLikelihood the minimum likelihood of a candidate, above 0
 * @param clipSigmas the limit of the clipping of light curves, sigmaG; infinity for none
 */
public record SearchSimulation(
        FieldSettings fields, List<Plane> planes, int size, double minLikelihood, double clipSigmas) {
    public SearchSimulation {
        planes = List.copyOf(planes);
        Plane.requireDistinct(planes);
        if (!planes.stream().allMatch(Plane::isCoadd)) {
            throw new IllegalArgumentException(
                    "a search has coadds only (median, mean, sum, weighted), not " + Plane.names(planes));
        }
        if (size < 3 || size % 2 == 0 || size > fields.side()) {
            throw new IllegalArgumentException(
                    "the size of a stamp must be odd, 3 or more and fit into the images, not " + size);
        }
    }
}
