package dev.stampede.stamps.adopt;

import dev.stampede.stamps.stamp.Stamp;

/**
 * A stamp with the score that its network is known to give it.
 *
 * @param name the file it comes from
 * @param stamp its pixels, in the planes of the model
 * @param expected the published score, 0 to 1
 */
public record GoldenScore(String name, Stamp stamp, double expected) {}
