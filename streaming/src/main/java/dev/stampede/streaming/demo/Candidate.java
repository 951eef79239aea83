package dev.stampede.streaming.demo;

import dev.stampede.stamps.stamp.Stamp;

/**
 * A simulated candidate with its truth.
 *
 * @param stamp its coadds, in the model's order of channels
 * @param isReal whether it is a point source
 * @param signalToNoise of a point source, that of its noiseless image in the first coadd
 */
public record Candidate(Stamp stamp, boolean isReal, double signalToNoise) {}
