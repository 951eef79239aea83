package dev.stampede.stamps.simulate;

import dev.stampede.stamps.stamp.Stamp;

/**
 * A candidate as a search would emit it, with its truth.
 *
 * @param stamp its planes; exactly 0 for pixels without a good exposure, never NaN
 * @param truth its known properties
 */
public record SimulatedCandidate(Stamp stamp, Truth truth) {
    /**
     * The known properties of a simulated candidate; NaN if its kind has none.
     *
     * @param kind its kind
     * @param signalToNoise for a point source, the matched-filter S/N of its noiseless image in the first coadd of the
     *     stamp, of cutouts in the difference (see docs/explanation/simulator.md); for an artefact, the same in the coadd weighted by
     *     inverse variance, which is that of a search; for a noise peak, the statistic of the search in true standard deviations; negative for a source that is dark. For the further
     *     stamps of a group: of a point source that of the stamp itself, else that of the group's first stamp
     * @param fwhmPixels full width at half maximum of the core in the coadd, pixels, for point sources and noise peaks
     * @param offsetRow its position, in rows from the centre of the stamp
     * @param offsetColumn its position, in columns from the centre of the stamp
     * @param groupId the trajectory group: stamps of one group show the same sky and the same object
     */
    public record Truth(
            CandidateKind kind,
            double signalToNoise,
            double fwhmPixels,
            double offsetRow,
            double offsetColumn,
            long groupId) {

        public boolean isReal() {
            return kind.isReal();
        }
    }
}
