package dev.stampede.stamps.injection;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.OrderedPixels;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One image of the sky as a background of injected light. Rows and columns continue at the opposite edge, so that every pixel
 * can become the centre of a stamp, also in the small cutouts of alerts. Immutable.
 */
public final class SkyImage {
    private static final double MIN_UNMASKED = 0.5;

    private final int rows;
    private final int columns;
    private final float[] pixels;
    private final double median;
    private final double sigma;
    private final NoiseCorrelation noise;

    /** A place with more light than its surroundings, in units of the noise of the filtered image. */
    record Peak(int row, int column, double signalToNoise) {}

    private SkyImage(int rows, int columns, float[] pixels, double median, double sigma) {
        this.rows = rows;
        this.columns = columns;
        this.pixels = pixels;
        this.median = median;
        this.sigma = sigma;
        this.noise = NoiseCorrelation.of(pixels, columns, median, sigma);
    }

    /**
     * The sky of an image of one plane; NaN and exact 0 are masked.
     *
     * @return empty if more than half of the pixels are masked, or they have no spread
     */
    public static Optional<SkyImage> of(Stamp image) {
        float[] pixels = new float[image.height() * image.width()];
        image.plane(0).copyTo(pixels, 0);
        float[] sorted = new float[pixels.length];
        int count = 0;
        for (int i = 0; i < pixels.length; i++) {
            if (MaskRule.NOT_FINITE_OR_ZERO.masks(pixels[i])) {
                pixels[i] = Float.NaN;
            } else {
                sorted[count++] = pixels[i];
            }
        }
        if (count < MIN_UNMASKED * pixels.length) {
            return Optional.empty();
        }
        Arrays.sort(sorted, 0, count);
        double sigma =
                OrderedPixels.SIGMA_PER_QUARTILE_RANGE * ((double) sorted[count * 3 / 4] - sorted[count / 4]); // sigmaG
        return sigma > 0
                ? Optional.of(new SkyImage(image.height(), image.width(), pixels, sorted[count / 2], sigma))
                : Optional.empty();
    }

    /**
     * The same without the candidate at its centre: the pixels within {@code radius} pixels of it are replaced by those half an
     * image away. Unlike masking this leaves no trace from which a network could learn where a candidate was.
     */
    public SkyImage withoutCandidate(double radius) {
        float[] replaced = pixels.clone();
        int reach = (int) Math.ceil(radius);
        for (int r = -reach; r <= reach; r++) {
            for (int c = -reach; c <= reach; c++) {
                if (r * r + c * c <= radius * radius) {
                    int target = index(rows / 2 + r, columns / 2 + c);
                    replaced[target] = pixels[index(rows / 2 + r + rows / 2, columns / 2 + c + columns / 2)];
                }
            }
        }
        return new SkyImage(rows, columns, replaced, median, sigma);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** The standard deviation of the noise of a pixel, 0.7413 (q75 - q25). */
    double sigma() {
        return sigma;
    }

    NoiseCorrelation noise() {
        return noise;
    }

    private int index(int row, int column) {
        return Math.floorMod(row, rows) * columns + Math.floorMod(column, columns);
    }

    /**
     * The {@code size x size} pixels around a pixel, turned and mirrored.
     *
     * @param orientation 0 to 7: the lowest bit mirrors the rows, the next the columns, the highest exchanges both
     */
    float[] cut(int row, int column, int size, int orientation) {
        float[] stamp = new float[size * size];
        int half = size / 2;
        for (int r = 0; r < size; r++) {
            for (int c = 0; c < size; c++) {
                int down = (orientation & 1) == 0 ? r : size - 1 - r;
                int right = (orientation & 2) == 0 ? c : size - 1 - c;
                stamp[r * size + c] = (orientation & 4) == 0
                        ? pixels[index(row - half + down, column - half + right)]
                        : pixels[index(row - half + right, column - half + down)];
            }
        }
        return stamp;
    }

    /** The local maxima of the image through {@code filter}, from the highest, of {@code minimum} or more. */
    List<Peak> peaks(PsfFilter filter, double minimum) {
        float[] filtered = filter.wrapped(pixels, rows, columns, (float) median);
        double unit = 1 / (sigma * filter.noise());
        List<Peak> peaks = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                float value = filtered[r * columns + c];
                if (value * unit >= minimum && isMaximum(filtered, r, c)) {
                    peaks.add(new Peak(r, c, value * unit));
                }
            }
        }
        peaks.sort(Comparator.comparingDouble(peak -> -peak.signalToNoise()));
        return peaks;
    }

    private boolean isMaximum(float[] filtered, int row, int column) {
        float value = filtered[row * columns + column];
        for (int r = -1; r <= 1; r++) {
            for (int c = -1; c <= 1; c++) {
                if (filtered[index(row + r, column + c)] > value) {
                    return false;
                }
            }
        }
        return !Float.isNaN(pixels[row * columns + column]);
    }
}
