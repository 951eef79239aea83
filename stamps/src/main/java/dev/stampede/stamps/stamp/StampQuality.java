package dev.stampede.stamps.stamp;

/**
 * What was measured on the first channel of a stamp. A pixel counts as masked where it is NaN or exactly 0: a coadd
 * holds 0 where no exposure had a good pixel. A statistic that cannot be formed is NaN.
 *
 * @param median median of the unmasked pixels, in the stamp's units; NaN where all are masked
 * @param sigmaG 0.7413 (p75 - p25) of the unmasked pixels, in the stamp's units; 0 for a flat stamp, NaN where all are
 *     masked
 * @param maskedFraction share of masked pixels, 0 to 1
 * @param peakSignalToNoise (brightest unmasked pixel - median) / sigmaG; NaN where sigmaG is 0
 * @param centroidOffsetPixels distance from the centre pixel (height / 2, width / 2) of the centroid of the light above
 *     the noise, in pixels: of the pixels more than 2 sigmaG above the median and no further from the centre pixel than
 *     a quarter of the shorter side, weighted by what they have above the median; NaN where there are none or sigmaG is
 *     0
 */
public record StampQuality(
        float median, float sigmaG, float maskedFraction, float peakSignalToNoise, float centroidOffsetPixels) {

    /** Measures one stamp; a {@link QualityMeter} measures many of one size without new memory. */
    public static StampQuality measure(Stamp stamp) {
        Stamp first = stamp.channel(0);
        float[] pixels = new float[stamp.height() * stamp.width()];
        first.copyTo(pixels, 0);
        return new QualityMeter(stamp.height(), stamp.width()).measure(pixels, 0);
    }
}
