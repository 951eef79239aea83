package dev.stampede.stamps.search;

/**
 * A trajectory that a search selected.
 *
 * @param trajectory where it is
 * @param likelihood sum(psi) / sqrt(sum(phi)) over the exposures kept
 * @param flux sum(psi) / sum(phi) over the exposures kept, in the units of the pixels; its error is flux / likelihood
 * @param exposures the exposures that were kept: bit t stands for exposure t
 */
public record Detection(Trajectory trajectory, double likelihood, double flux, long exposures) {
    /** Whether exposure {@code index}, from 0, is kept. */
    public boolean keeps(int index) {
        return (exposures >>> index & 1) == 1;
    }

    /** The number of exposures kept. */
    public int exposureCount() {
        return Long.bitCount(exposures);
    }
}
