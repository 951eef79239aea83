package dev.stampede.stamps.simulate;

/**
 * What is known of a simulated candidate. A quantity that its kind does not have is NaN.
 *
 * @param kind what it is
 * @param signalToNoise for a point source, the matched-filter S/N of its noiseless image in the first coadd of the
 *     stamp (see docs/simulator.md); for an artefact, the same in the coadd weighted by inverse variance, which is what
 *     a search looks at; for a noise peak, the search's own statistic in true standard deviations. For the further
 *     stamps of a group: of a point source that of the stamp itself, else that of the group's first stamp
 * @param fwhmPixels full width at half maximum of the core in the coadd, pixels, for point sources and noise peaks
 * @param offsetRow where it is, in rows from the centre of the stamp
 * @param offsetColumn where it is, in columns from the centre of the stamp
 * @param groupId the trajectory group: stamps that share it show the same sky and the same object, found twice
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
