package dev.stampede.stamps.stamp;

/**
 * Statistics of the first plane of a stamp. A pixel is masked if it is NaN or exactly 0, which marks pixels of a coadd
 * without any good exposure. An undefined statistic is NaN.
 *
 * @param median median of the unmasked pixels, in the stamp's units; NaN if all are masked
 * @param sigmaG 0.7413 (p75 - p25) of the unmasked pixels, in the stamp's units; 0 for a flat stamp, NaN if all are
 *     masked
 * @param maskedFraction share of masked pixels, 0 to 1
 * @param peakSignalToNoise (brightest unmasked pixel - median) / sigmaG; NaN if sigmaG is 0
 * @param centroidOffsetPixels distance from the centre pixel (height / 2, width / 2) to the centroid of the light above
 *     the noise, in pixels: of the pixels more than 2 sigmaG above the median and within a quarter of the shorter side
 *     from the centre pixel, weighted by their excess above the median; NaN if there are none or sigmaG is 0
 */
public record PixelQuality(
        float median, float sigmaG, float maskedFraction, float peakSignalToNoise, float centroidOffsetPixels) {

    /** The quality of an alert without a stamp. */
    public static final PixelQuality NOT_MEASURED =
            new PixelQuality(Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN);

    /** Measures one stamp; a {@link QualityMeter} measures many of one size without allocation. */
    public static PixelQuality measure(Stamp stamp) {
        Stamp first = stamp.plane(0);
        float[] pixels = new float[stamp.height() * stamp.width()];
        first.copyTo(pixels, 0);
        return new QualityMeter(stamp.height(), stamp.width()).measure(pixels, 0);
    }
}
