package dev.stampede.stamps.stamp;

/** The range of float for the pixels of a stamp in float64. */
public final class FloatRange {
    /** Far above the smallest float, so that no pixel of a stamp loses digits. */
    private static final float MIN_SCALE = 1e-25f;

    private FloatRange() {}

    /** Whether no magnitude exceeded the range of float, and not all are below it; NaN is ignored. */
    public static boolean holds(float[] pixels) {
        float max = 0;
        for (float pixel : pixels) {
            max = Float.isNaN(pixel) ? max : Math.max(max, Math.abs(pixel));
        }
        return max >= MIN_SCALE && max <= Float.MAX_VALUE;
    }

    /**
     * {@code values} as floats. Beyond the range they are scaled by a power of two, so that the brightest pixel is 1 to 2:
     * recipes are independent of the scale.
     */
    public static float[] pixels(double[] values) {
        float[] pixels = scaled(values, 0);
        if (holds(pixels)) {
            return pixels;
        }
        double max = 0;
        for (double value : values) {
            max = Double.isFinite(value) ? Math.max(max, Math.abs(value)) : max;
        }
        return max > 0 ? scaled(values, -Math.getExponent(max)) : pixels;
    }

    private static float[] scaled(double[] values, int exponent) {
        float[] pixels = new float[values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) Math.scalb(values[i], exponent);
        }
        return pixels;
    }
}
