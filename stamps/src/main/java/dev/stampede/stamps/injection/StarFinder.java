package dev.stampede.stamps.injection;

import dev.stampede.stamps.stamp.MaskRule;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds bright, isolated stars in an image and fits their position and width. Not thread-safe. */
final class StarFinder {
    /** The peak of a bright star in units of the noise of a pixel: its width is known to a few per cent. */
    private static final double MIN_PEAK = 25;
    /** Pixels from that share of the peak are fitted: a Gaussian describes the core of a star. */
    private static final double CORE = 0.3;

    private static final int CORE_REACH = 4;
    private static final int MIN_CORE_PIXELS = 5;
    /** Around a star no other peak may have that share of its brightness. */
    private static final double MAX_NEIGHBOUR = 0.1;
    /** Rows and columns around a star that must be in the image and hold no other peak. */
    private static final int ISOLATION = 8;

    private final int rows;
    private final int columns;
    /** Above the median of the image; NaN is masked. */
    private final double[] light;

    private final double sigma;

    private StarFinder(int rows, int columns, double[] light, double sigma) {
        this.rows = rows;
        this.columns = columns;
        this.light = light;
        this.sigma = sigma;
    }

    /**
     * A star.
     *
     * @param row of its centre, from 0
     * @param column of its centre, from 0
     * @param fwhmPixels of a Gaussian through its core
     * @param peak of that Gaussian, above the sky
     */
    record Star(double row, double column, double fwhmPixels, double peak) {}

    /** A finder for an image of one plane; empty if its noise cannot be measured. */
    static Optional<StarFinder> of(Stamp image) {
        float[] pixels = new float[image.height() * image.width()];
        image.plane(0).copyTo(pixels, 0);
        double[] light = new double[pixels.length];
        int count = 0;
        double[] sorted = new double[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            light[i] = MaskRule.NOT_FINITE_OR_ZERO.masks(pixels[i]) ? Double.NaN : pixels[i];
            if (!Double.isNaN(light[i])) {
                sorted[count++] = light[i];
            }
        }
        Arrays.sort(sorted, 0, count);
        // The faint half of the pixels is sky: half of the range from the 16th to the 50th percentile would be sigma.
        double sigma = count == 0 ? 0 : sorted[count / 2] - sorted[(int) (0.1587 * count)];
        if (!(sigma > 0)) {
            return Optional.empty();
        }
        for (int i = 0; i < light.length; i++) {
            light[i] -= sorted[count / 2];
        }
        return Optional.of(new StarFinder(image.height(), image.width(), light, sigma));
    }

    /** The bright and isolated stars. */
    List<Star> stars() {
        List<Star> stars = new ArrayList<>();
        for (int r = ISOLATION; r < rows - ISOLATION; r++) {
            for (int c = ISOLATION; c < columns - ISOLATION; c++) {
                if (at(r, c) > MIN_PEAK * sigma && isIsolatedPeak(r, c)) {
                    fit(r, c).ifPresent(stars::add);
                }
            }
        }
        return stars;
    }

    double at(int row, int column) {
        return light[row * columns + column];
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Whether a pixel is the brightest around it and no other peak is near; false next to masked pixels. */
    private boolean isIsolatedPeak(int row, int column) {
        double peak = at(row, column);
        for (int r = row - ISOLATION; r <= row + ISOLATION; r++) {
            for (int c = column - ISOLATION; c <= column + ISOLATION; c++) {
                double value = at(r, c);
                boolean isNear = Math.abs(r - row) <= 2 && Math.abs(c - column) <= 2;
                if (isNear ? !(value <= peak) : value > MAX_NEIGHBOUR * peak && value > 5 * sigma && isPeak(r, c)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isPeak(int row, int column) {
        for (int r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
            for (int c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) {
                if (at(r, c) > at(row, column)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * The star at the peak {@code row}, {@code column}: the logarithm of a Gaussian is a paraboloid, which is fitted to the core by
     * least squares with the squared brightness as weight (Guo 2011, IEEE Signal Processing Magazine 28, 134).
     *
     * @return empty if the core is no peak, or its centre is not at that pixel
     */
    Optional<Star> fit(int row, int column) {
        double peak = at(row, column);
        double[][] normal = new double[4][5];
        int pixels = 0;
        for (int r = Math.max(0, row - CORE_REACH); r <= Math.min(rows - 1, row + CORE_REACH); r++) {
            for (int c = Math.max(0, column - CORE_REACH); c <= Math.min(columns - 1, column + CORE_REACH); c++) {
                double value = at(r, c);
                if (value >= CORE * peak) { // not NaN
                    double down = r - row;
                    double right = c - column;
                    add(normal, new double[] {1, down, right, down * down + right * right}, value * value, value);
                    pixels++;
                }
            }
        }
        if (!(peak > 0) || pixels < MIN_CORE_PIXELS) {
            return Optional.empty();
        }
        double[] x = solve(normal);
        double curvature = -x[3]; // 1 / (2 sigma^2)
        double down = x[1] / (2 * curvature);
        double right = x[2] / (2 * curvature);
        double height = StrictMath.exp(x[0] + curvature * (down * down + right * right));
        boolean isSound = curvature > 0 && Math.abs(down) < 1 && Math.abs(right) < 1 && height < 3 * peak;
        double fwhm = 2 * Math.sqrt(StrictMath.log(2) / curvature);
        return isSound ? Optional.of(new Star(row + down, column + right, fwhm, height)) : Optional.empty();
    }

    private static void add(double[][] normal, double[] terms, double weight, double value) {
        for (int i = 0; i < terms.length; i++) {
            for (int j = 0; j < terms.length; j++) {
                normal[i][j] += weight * terms[i] * terms[j];
            }
            normal[i][terms.length] += weight * terms[i] * StrictMath.log(value);
        }
    }

    /** Gaussian elimination; NaN or infinities for a singular matrix. */
    private static double[] solve(double[][] normal) {
        int size = normal.length;
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                double factor = normal[j][i] / normal[i][i]; // positive definite, so that no pivot is needed
                for (int k = i; k <= size; k++) {
                    normal[j][k] -= factor * normal[i][k];
                }
            }
        }
        double[] x = new double[size];
        for (int i = size - 1; i >= 0; i--) {
            double sum = normal[i][size];
            for (int j = i + 1; j < size; j++) {
                sum -= normal[i][j] * x[j];
            }
            x[i] = sum / normal[i][i];
        }
        return x;
    }
}
