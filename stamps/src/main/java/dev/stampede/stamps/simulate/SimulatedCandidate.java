package dev.stampede.stamps.simulate;

import dev.stampede.stamps.stamp.Stamp;

/**
 * A candidate as a search would emit it, with what it truly is.
 *
 * @param stamp its coadds, one channel each; exactly 0 where no exposure had a good pixel, never NaN
 * @param truth what it is
 */
public record SimulatedCandidate(Stamp stamp, Truth truth) {}
