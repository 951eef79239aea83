package dev.stampede.stamps.search;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;
import java.util.List;

/**
 * Coadds the exposures that a search kept of a detection, cut out around the rounded positions of its trajectory, as KBMOD does: a
 * pixel is combined over the exposures in which it is good, and is exactly 0 if there is none. Not thread-safe.
 */
public final class TrajectoryCoadder {
    private final ImageStack stack;
    private final List<Plane> planes;
    private final int size;
    /** Of each exposure that is kept: itself, and the row and column of its centre. */
    private final ExposureImage[] kept;

    private final int[] rows;
    private final int[] columns;
    private int keptCount;
    /** Of each good value of a pixel: itself, and its inverse variance. */
    private final float[] values;

    private final double[] weights;

    /**
     * @param planes coadds, in the order of the planes of the stamps
     * @param size rows and columns of the stamps, odd
     */
    public TrajectoryCoadder(ImageStack stack, List<Plane> planes, int size) {
        if (!planes.stream().allMatch(Plane::isCoadd)) {
            throw new IllegalArgumentException("a search has coadds only, not " + Plane.names(planes));
        }
        Plane.requireDistinct(planes);
        if (size < 1 || size % 2 == 0) {
            throw new IllegalArgumentException("the size of a stamp must be odd, not " + size);
        }
        this.stack = stack;
        this.planes = List.copyOf(planes);
        this.size = size;
        kept = new ExposureImage[stack.exposures().size()];
        rows = new int[kept.length];
        columns = new int[kept.length];
        values = new float[kept.length];
        weights = new double[kept.length];
    }

    /** The stamp of {@code detection}, of shape (planes, size, size). */
    public Stamp coadd(Detection detection) {
        locate(detection);
        float[] pixels = new float[planes.size() * size * size];
        for (int i = 0; i < size * size; i++) {
            int count = collect(i / size - size / 2, i % size - size / 2);
            for (int plane = 0; plane < planes.size(); plane++) {
                if (planes.get(plane) != Plane.MEDIAN) {
                    pixels[plane * size * size + i] = combine(planes.get(plane), count);
                }
            }
            int median = planes.indexOf(Plane.MEDIAN);
            if (median >= 0) { // last, as it changes the order of the values
                pixels[median * size * size + i] = median(count);
            }
        }
        return Stamp.of(planes.size(), size, size, pixels);
    }

    private void locate(Detection detection) {
        keptCount = 0;
        for (int t = 0; t < kept.length; t++) {
            if (detection.keeps(t)) {
                ExposureImage exposure = stack.exposures().get(t);
                kept[keptCount] = exposure;
                rows[keptCount] = detection.trajectory().rowAt(exposure.timeDays());
                columns[keptCount] = detection.trajectory().columnAt(exposure.timeDays());
                keptCount++;
            }
        }
    }

    /** Collects the good values of a pixel, relative to the trajectory, and returns their number. */
    private int collect(int rowOffset, int columnOffset) {
        int count = 0;
        for (int i = 0; i < keptCount; i++) {
            int row = rows[i] + rowOffset;
            int column = columns[i] + columnOffset;
            if (row < 0 || row >= stack.height() || column < 0 || column >= stack.width()) {
                continue;
            }
            float value = kept[i].pixel(row * stack.width() + column);
            if (value != 0) {
                values[count] = value;
                weights[count] = kept[i].inverseVariance();
                count++;
            }
        }
        return count;
    }

    private float combine(Plane plane, int count) {
        boolean weighted = plane == Plane.WEIGHTED;
        double sum = 0;
        double total = 0;
        for (int i = 0; i < count; i++) {
            double weight = weighted ? weights[i] : 1;
            sum += weight * values[i];
            total += weight;
        }
        return count == 0 ? 0 : (float) (plane == Plane.SUM ? sum : sum / total);
    }

    /** The middle value; of an even number the lower one of the middle two, as the median of PyTorch, which KBMOD uses. */
    private float median(int count) {
        Arrays.sort(values, 0, count);
        return count == 0 ? 0 : values[(count - 1) / 2];
    }
}
