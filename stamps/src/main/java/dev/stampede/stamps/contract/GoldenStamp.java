package dev.stampede.stamps.contract;

import dev.stampede.stamps.stamp.Stamp;

/**
 * A raw stamp and the probability that the trained network computed for it, stored in the model file to verify any
 * engine.
 *
 * @param stamp raw pixels, in the model's planes and size, with the features that the model takes
 * @param probability calibrated probability of a point source, 0 to 1
 */
public record GoldenStamp(Stamp stamp, float probability) {
    public GoldenStamp {
        if (!(probability >= 0f && probability <= 1f)) {
            throw new IllegalArgumentException("golden probability outside [0, 1]: " + probability);
        }
    }
}
