package dev.stampede.stamps.simulate.stack;

import dev.stampede.stamps.search.Detection;
import dev.stampede.stamps.stamp.Stamp;

/**
 * A candidate that a search selected in a simulated field, with its truth; NaN where it has none.
 *
 * @param stamp its coadds; a pixel that is good in no exposure is exactly 0
 * @param detection what the search knows of it
 * @param truth its class
 * @param signalToNoise for a real one the likelihood of the mover's true trajectory in white noise without masks
 * @param fwhmPixels for a real one the full width at half maximum of the mover in the mean coadd, pixels
 * @param offsetRow for a real one its position, rows from the centre of the stamp
 * @param offsetColumn the same in columns
 * @param stackExposures the number of exposures of the field
 * @param psfFwhmPixels the full width at half maximum of the mean point-spread function of the field, pixels
 * @param field the index of the field
 */
public record SearchedCandidate(
        Stamp stamp,
        Detection detection,
        TruthClass truth,
        double signalToNoise,
        double fwhmPixels,
        double offsetRow,
        double offsetColumn,
        int stackExposures,
        double psfFwhmPixels,
        long field) {}
