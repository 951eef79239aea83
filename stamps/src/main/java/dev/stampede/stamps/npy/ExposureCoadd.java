package dev.stampede.stamps.npy;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.Plane;
import java.util.Arrays;
import java.util.Locale;

/** How the exposures of a stamp are combined, pixel by pixel; masked pixels (not finite, or exactly 0) are left out. */
public enum ExposureCoadd {
    /** The middle value; the mean of the two middle ones of an even number. */
    MEDIAN,
    /** The middle value; the lower of the two middle ones of an even number, as KBMOD takes it. */
    LOWER_MEDIAN,
    MEAN,
    SUM;

    /**
     * Combines {@code exposures} images of {@code size} pixels each.
     *
     * @param pixels in exposure, pixel order
     * @return {@code size} pixels; NaN where all exposures are masked
     */
    public float[] combine(float[] pixels, int exposures, int size) {
        float[] coadd = new float[size];
        double[] values = new double[exposures];
        for (int pixel = 0; pixel < size; pixel++) {
            int count = 0;
            for (int exposure = 0; exposure < exposures; exposure++) {
                float value = pixels[exposure * size + pixel];
                if (!MaskRule.NOT_FINITE_OR_ZERO.masks(value)) {
                    values[count++] = value;
                }
            }
            coadd[pixel] = count == 0 ? Float.NaN : (float) combine(values, count);
        }
        return coadd;
    }

    private double combine(double[] values, int count) {
        if (this == MEAN || this == SUM) {
            double sum = Arrays.stream(values, 0, count).sum();
            return this == SUM ? sum : sum / count;
        }
        Arrays.sort(values, 0, count);
        double lower = values[(count - 1) / 2];
        return this == LOWER_MEDIAN ? lower : (lower + values[count / 2]) / 2;
    }

    /** The plane that it makes. */
    public Plane plane() {
        return switch (this) {
            case MEDIAN, LOWER_MEDIAN -> Plane.MEDIAN;
            case MEAN -> Plane.MEAN;
            case SUM -> Plane.SUM;
        };
    }

    /** The name in options, such as {@code lower-median}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
