package dev.stampede.stamps.stamp;

/**
 * What was measured on the first channel of a stamp. A pixel counts as masked where it is NaN or exactly 0: a coadd
 * holds 0 where no exposure had a good pixel. A statistic that cannot be formed is NaN.
 *
 * @param median median of the unmasked pixels, in the stamp's units
 * @param sigmaG 0.7413 (p75 - p25) of the unmasked pixels, in the stamp's units; 0 for a flat stamp
 * @param maskedFraction share of masked pixels, 0 to 1
 * @param peakSignalToNoise (brightest unmasked pixel - median) / sigmaG; NaN where sigmaG is 0
 * @param centroidOffsetPixels distance from the centre pixel of the centroid of the light above the noise, in pixels
 */
public record StampQuality(
        float median, float sigmaG, float maskedFraction, float peakSignalToNoise, float centroidOffsetPixels) {}
