package dev.stampede.stamps.resample;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.Stamp;

/**
 * Resamples stamps to a square grid of another pixel scale around the same candidate. Flux is conserved: the sum over an
 * area does not change.
 *
 * <p>A pixel with a complete neighbourhood is interpolated, see {@link PixelSpan}. One near masked pixels (NaN, infinite
 * or exactly 0) or at the image's edge gets the mean of its unmasked area, times its area; it is masked if less than
 * {@link #MIN_UNMASKED} of its area is unmasked. Immutable.
 */
public final class Resampling {
    /** The minimum unmasked share of a new pixel's area: below, its value would be mostly extrapolated. */
    public static final double MIN_UNMASKED = 0.5;

    /** Far above the rounding error of edges, far below the accuracy of the sum of a pixel. */
    private static final double ROUNDING = 1e-9;

    private static final MaskRule MASKED = MaskRule.NOT_FINITE_OR_ZERO;

    private final double step;
    private final int size;

    /**
     * A grid of new pixels.
     *
     * @param step the side of a new pixel in old ones; above 0 and finite; below 1 for finer pixels
     * @param size rows and columns of the new stamps, 1 or more
     */
    public Resampling(double step, int size) {
        if (!(step > 0 && step < Double.POSITIVE_INFINITY) || size < 1) {
            throw new IllegalArgumentException(
                    "invalid grid: " + size + " pixels with a side of " + step + " old ones");
        }
        this.step = step;
        this.size = size;
    }

    /** The stamp on the new grid; the centre of the pixel at {@code side / 2}, that of the candidate, stays there. */
    public Stamp apply(Stamp stamp) {
        PixelSpan[] rows = spans(stamp.height());
        PixelSpan[] columns = spans(stamp.width());
        float[] pixels = new float[stamp.planes() * size * size];
        for (int plane = 0; plane < stamp.planes(); plane++) {
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    pixels[(plane * size + row) * size + column] = pixel(stamp, plane, rows[row], columns[column]);
                }
            }
        }
        return Stamp.of(stamp.planes(), size, size, pixels).withFeatures(stamp.features());
    }

    private PixelSpan[] spans(int side) {
        PixelSpan[] spans = new PixelSpan[size];
        int candidate = side / 2;
        int middle = size / 2;
        for (int i = 0; i < size; i++) {
            double start = candidate + 0.5 + (i - middle - 0.5) * step;
            spans[i] = PixelSpan.of(start, start + step, side);
        }
        return spans;
    }

    private float pixel(Stamp stamp, int plane, PixelSpan rows, PixelSpan columns) {
        double smooth = 0;
        double light = 0;
        double unmasked = 0;
        boolean whole = true;
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < columns.count(); j++) {
                float value = stamp.pixel(plane, rows.first() + i, columns.first() + j);
                if (MASKED.masks(value)) {
                    whole = false;
                    continue;
                }
                double area = rows.overlap(i) * columns.overlap(j);
                smooth += rows.weight(i) * columns.weight(j) * value;
                light += area * value;
                unmasked += area;
            }
        }
        double share = unmasked / (step * step);
        if (share < MIN_UNMASKED - ROUNDING) {
            return Float.NaN;
        }
        return (float) (whole && share > 1 - ROUNDING ? smooth : light / share);
    }
}
