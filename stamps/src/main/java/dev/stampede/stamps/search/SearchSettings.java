package dev.stampede.stamps.search;

/**
 * What a search selects.
 *
 * @param grid the velocities to try
 * @param minLikelihood the minimum likelihood, before and after clipping, above 0
 * @param minObservedShare the minimum share of the exposures with a good pixel, before and after clipping, in (0, 1]
 * @param clipSigmas exposures whose likelihood is further from the median of the light curve, in units of its sigmaG, are
 *     dropped; infinity for none
 * @param resultsPerPixel the number of trajectories kept for each start, those of the highest likelihood, 1 or more
 * @param clusterRadiusPixels of trajectories whose pixels are up to this far from each other both at the first and at the last
 *     exposure only the best remains, 0 or more
 */
public record SearchSettings(
        VelocityGrid grid,
        double minLikelihood,
        double minObservedShare,
        double clipSigmas,
        int resultsPerPixel,
        double clusterRadiusPixels) {
    public SearchSettings {
        if (!(minLikelihood > 0 && minLikelihood < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the minimum likelihood must be above 0, not " + minLikelihood);
        }
        if (!(minObservedShare > 0 && minObservedShare <= 1)) {
            throw new IllegalArgumentException(
                    "the minimum share of exposures must lie in (0, 1], not " + minObservedShare);
        }
        if (!(clipSigmas > 0)) {
            throw new IllegalArgumentException("the clipping must be above 0 sigmaG, not " + clipSigmas);
        }
        if (resultsPerPixel < 1) {
            throw new IllegalArgumentException("a search keeps 1 or more results for a pixel, not " + resultsPerPixel);
        }
        if (!(clusterRadiusPixels >= 0)) {
            throw new IllegalArgumentException("the cluster radius must be 0 or more, not " + clusterRadiusPixels);
        }
    }

    /** Likelihood 5, half of the exposures, KBMOD's clipping at 2 sigmaG, 4 results for each pixel, clusters of 15 pixels. */
    public static SearchSettings standard(VelocityGrid grid) {
        return new SearchSettings(grid, 5, 0.5, 2, 4, 15);
    }

    /** The same with that minimum likelihood. */
    public SearchSettings withMinLikelihood(double likelihood) {
        return new SearchSettings(grid, likelihood, minObservedShare, clipSigmas, resultsPerPixel, clusterRadiusPixels);
    }

    /** The same with that clipping. */
    public SearchSettings withClipSigmas(double sigmas) {
        return new SearchSettings(grid, minLikelihood, minObservedShare, sigmas, resultsPerPixel, clusterRadiusPixels);
    }

    /** The minimum number of exposures of {@code exposures}. */
    int minObservations(int exposures) {
        return Math.max(1, (int) Math.ceil(minObservedShare * exposures - 1e-9));
    }
}
