package dev.stampede.stamps.stamp;

/** Measures the {@link PixelQuality} of planes of one size. Not thread-safe. */
public final class QualityMeter {
    /** The pixels that are ignored. */
    public static final MaskRule MASKED = MaskRule.NOT_FINITE_OR_ZERO;

    /** The minimum height of light above the median, in sigmaG. */
    private static final double LIGHT_ABOVE = 2;
    /** The search radius is this share of the shorter side: 5 pixels of 21, about the FWHM of a candidate. */
    private static final int WINDOW_SHARE = 4;

    private final int height;
    private final int width;
    private final int windowRadius;
    private final OrderedPixels ordered;
    private double centroidDown;
    private double centroidRight;

    /** A meter for planes of {@code height x width} pixels. */
    public QualityMeter(int height, int width) {
        this.height = height;
        this.width = width;
        windowRadius = Math.min(height, width) / WINDOW_SHARE;
        ordered = new OrderedPixels(height * width);
    }

    /** Measures the plane that starts at {@code pixels[offset]}, in row, column order. */
    public PixelQuality measure(float[] pixels, int offset) {
        ordered.load(pixels, offset, MASKED);
        return measure(ordered, pixels, offset);
    }

    /** The same, given the unmasked pixels of the plane by {@link #MASKED}. */
    public PixelQuality measure(OrderedPixels inOrder, float[] pixels, int offset) {
        centroidDown = Double.NaN;
        centroidRight = Double.NaN;
        int size = height * width;
        int count = inOrder.count();
        float maskedFraction = (float) (size - count) / size;
        if (count == 0) {
            return new PixelQuality(Float.NaN, Float.NaN, maskedFraction, Float.NaN, Float.NaN);
        }
        double median = inOrder.percentile(0.5);
        double sigmaG = inOrder.sigmaG();
        if (sigmaG == 0) {
            return new PixelQuality((float) median, 0f, maskedFraction, Float.NaN, Float.NaN);
        }
        double peak = (inOrder.max() - median) / sigmaG;
        findCentroid(pixels, offset, median, LIGHT_ABOVE * sigmaG);
        double centroid = Math.hypot(centroidDown, centroidRight);
        return new PixelQuality((float) median, (float) sigmaG, maskedFraction, (float) peak, (float) centroid);
    }

    private void findCentroid(float[] pixels, int offset, double median, double threshold) {
        double light = 0;
        double lightByRow = 0;
        double lightByColumn = 0;
        for (int down = -windowRadius; down <= windowRadius; down++) {
            int rowStart = offset + (height / 2 + down) * width + width / 2;
            for (int right = -windowRadius; right <= windowRadius; right++) {
                float pixel = pixels[rowStart + right];
                double excess = pixel - median;
                if (excess > threshold
                        && down * down + right * right <= windowRadius * windowRadius
                        && !MASKED.masks(pixel)) {
                    light += excess;
                    lightByRow += excess * down;
                    lightByColumn += excess * right;
                }
            }
        }
        // NaN (0 / 0) without light.
        centroidDown = lightByRow / light;
        centroidRight = lightByColumn / light;
    }

    /** The row of the last centroid, in pixels from the first row; NaN without light. */
    public double centroidRow() {
        int centre = height / 2;
        return centre + centroidDown;
    }

    /** The column of the last centroid, in pixels from the first column; NaN without light. */
    public double centroidColumn() {
        int centre = width / 2;
        return centre + centroidRight;
    }
}
