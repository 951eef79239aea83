package dev.stampede.stamps.simulate;

import dev.stampede.stamps.stamp.Plane;

/**
 * The S/N of a signal in a coadd: the response of the matched filter divided by its standard deviation over the coadd's
 * noise, including correlation and uneven depth (masks). With h the coadded signal
 * in units of each pixel's noise and C the noise correlation, S/N = sum h^2 / sqrt(h' C h). The optimal filter whitens
 * the noise first, which gains less than 3 % for light as wide as a star and noise correlated over two pixels.
 *
 * <p>For a median the signal of a pixel is assumed to be small compared to the noise of one exposure: exposures have the
 * weight 1 / sigma, the variance is pi / 2 times that of the mean (less for few exposures), and two pixels whose noise
 * is correlated by rho in the exposures are correlated by 2/pi asin(rho) in the median.
 */
final class MatchedFilter {
    /** The range of the correlation, pixels. */
    private static final int REACH = 2;

    private final int size;
    private final double[] weight;
    private final double[][] correlation = new double[REACH + 1][REACH + 1];
    /** The coadded signal over the noise of each pixel. */
    private final double[] inNoise;

    MatchedFilter(StackShape shape) {
        size = shape.size();
        weight = new double[shape.maxExposures()];
        inNoise = new double[size * size];
    }

    /** The S/N of {@code signal}, in units of its amplitude, in that coadd along that trajectory; 0 if all is masked. */
    double signalToNoise(Plane kind, ExposureStack stack, TrajectoryWindow window, SignalStack signal) {
        weigh(kind, stack);
        correlate(kind, stack);
        double response = coadd(kind, stack, window, signal);
        return response == 0 ? 0 : response / Math.sqrt(variance());
    }

    private void weigh(Plane kind, ExposureStack stack) {
        for (int t = 0; t < stack.exposures; t++) {
            weight[t] = switch (kind) {
                case MEDIAN -> 1 / stack.sigma[t];
                case MEAN, SUM -> 1;
                case WEIGHTED -> 1 / (stack.sigma[t] * stack.sigma[t]);
                case SCIENCE, TEMPLATE, DIFFERENCE -> throw new IllegalArgumentException(kind + " is no coadd");
            };
        }
    }

    /** The noise correlation of the coadd: that of the exposures, each weighted by its share of the variance. */
    private void correlate(Plane kind, ExposureStack stack) {
        for (int r = 0; r <= REACH; r++) {
            for (int c = 0; c <= REACH; c++) {
                double total = 0;
                double shares = 0;
                for (int t = 0; t < stack.exposures; t++) {
                    double rho = stack.alongColumn[t].correlation(r) * stack.alongRow[t].correlation(c);
                    double share = weight[t] * stack.sigma[t];
                    shares += share * share;
                    total += share * share * (kind == Plane.MEDIAN ? 2 / Math.PI * StrictMath.asin(rho) : rho);
                }
                correlation[r][c] = total / shares;
            }
        }
    }

    /** Fills {@link #inNoise} and returns the sum of its squares. */
    private double coadd(Plane kind, ExposureStack stack, TrajectoryWindow window, SignalStack signal) {
        int side = stack.shape.side();
        double response = 0;
        for (int i = 0; i < size * size; i++) {
            int at = i / size * side + i % size;
            double light = 0;
            double variance = 0;
            int good = 0;
            for (int t = 0; t < stack.exposures; t++) {
                int index = window.origin[t] + at;
                if (!stack.masked[index]) {
                    good++;
                    light += weight[t] * signal.values[index];
                    double noise = weight[t] * stack.sigma[t];
                    variance += noise * noise;
                }
            }
            double loss = kind == Plane.MEDIAN ? medianVarianceRatio(good) : 1;
            // The sum of the weights would divide signal and noise.
            double h = good == 0 ? 0 : light / Math.sqrt(variance * loss);
            inNoise[i] = h;
            response += h * h;
        }
        return response;
    }

    /**
     * The variance of the median of {@code count} normal deviates over that of their mean. It tends to pi / 2; the
     * constants fit the tables of order statistics (Sarhan and Greenberg 1962) within 2 % for three or more deviates.
     */
    static double medianVarianceRatio(int count) {
        double correction = count % 2 == 0 ? 2.7 : 0.9;
        return count <= 2 ? 1 : Math.PI * count / (2 * count + correction);
    }

    /** h' C h, by the autocorrelation of h: opposite lags are equal, so half of them count twice. */
    private double variance() {
        double total = 0;
        for (int r = 0; r <= REACH; r++) {
            for (int c = r == 0 ? 0 : -REACH; c <= REACH; c++) {
                double twice = r == 0 && c == 0 ? 1 : 2;
                total += twice * correlation[r][Math.abs(c)] * autocorrelation(r, c);
            }
        }
        return total;
    }

    private double autocorrelation(int rows, int columns) {
        double total = 0;
        int from = Math.max(0, -columns);
        int to = size - Math.max(0, columns);
        for (int r = 0; r + rows < size; r++) {
            for (int c = from; c < to; c++) {
                total += inNoise[r * size + c] * inNoise[(r + rows) * size + c + columns];
            }
        }
        return total;
    }
}
