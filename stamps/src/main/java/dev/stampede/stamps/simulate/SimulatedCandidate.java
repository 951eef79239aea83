package dev.stampede.stamps.simulate;

import dev.stampede.stamps.stamp.Stamp;

/**
 * A candidate as a search would emit it, with its truth.
 *
 * @param stamp its planes; exactly 0 for pixels without a good exposure, never NaN
 * @param truth its known properties
 */
public record SimulatedCandidate(Stamp stamp, Truth truth) {}
