package dev.stampede.stamps.picture;

import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;

/**
 * Scales pixel values to 0 (dark) to 1 (bright) between two robust limits of the stamp.
 *
 * @param low the value of black
 * @param high the value of white, {@code low} or more
 */
record Brightness(double low, double high) {
    /** The limits at two quantiles, 0 to 1, of the unmasked pixels of the first plane. */
    static Brightness of(Stamp stamp, double lowQuantile, double highQuantile) {
        float[] good = new float[stamp.width() * stamp.height()];
        int count = 0;
        for (int row = 0; row < stamp.height(); row++) {
            for (int column = 0; column < stamp.width(); column++) {
                float pixel = stamp.pixel(0, row, column);
                if (!isMasked(pixel)) {
                    good[count++] = pixel;
                }
            }
        }
        if (count == 0) {
            return new Brightness(0, 0);
        }
        Arrays.sort(good, 0, count);
        return new Brightness(
                good[(int) Math.round(lowQuantile * (count - 1))], good[(int) Math.round(highQuantile * (count - 1))]);
    }

    static boolean isMasked(float pixel) {
        return Float.isNaN(pixel) || pixel == 0;
    }

    /** The brightness of a pixel, clipped to 0 to 1; 0.5 if the stamp is flat. */
    double at(float pixel) {
        return high > low ? Math.min(Math.max((pixel - low) / (high - low), 0), 1) : 0.5;
    }
}
