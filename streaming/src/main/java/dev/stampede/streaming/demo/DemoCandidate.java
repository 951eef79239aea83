package dev.stampede.streaming.demo;

import dev.stampede.stamps.stamp.Stamp;

/**
 * A simulated candidate with its truth.
 *
 * @param stamp its coadds, in the plane order of the model
 * @param isReal whether it is a point source
 * @param signalToNoise of the noiseless image of a point source in the first coadd; NaN for other candidates
 */
public record DemoCandidate(Stamp stamp, boolean isReal, double signalToNoise) {}
