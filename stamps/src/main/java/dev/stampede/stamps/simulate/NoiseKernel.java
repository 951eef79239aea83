package dev.stampede.stamps.simulate;

/**
 * A kernel of three taps that models resampling of white noise along one axis and keeps its variance. With the weights
 * (a, 1, b) before scaling, the correlation is (a + b) / (1 + a^2 + b^2) between neighbours and a b / (1 + a^2 +
 * b^2) at two pixels.
 */
final class NoiseKernel {
    /** The maximum correlation of three taps with the phases used here. */
    private static final double MAX_CORRELATION = 0.58;

    float before;
    float middle;
    float after;
    /** Correlation of neighbours. */
    double lag1;
    /** Correlation at two pixels. */
    double lag2;

    /**
     * Sets the taps for a correlation of neighbours, 0 to 0.58.
     *
     * @param phase the share of the outer weight before the middle, 0.2 to 0.8: the sub-pixel shift
     */
    void set(double correlation, double phase) {
        double wanted = Math.min(Math.max(correlation, 1e-3), MAX_CORRELATION);
        // a = k phase, b = k (1 - phase): wanted = k / (1 + q k^2), of which this is the smaller root.
        double q = phase * phase + (1 - phase) * (1 - phase);
        double k = (1 - Math.sqrt(Math.max(0, 1 - 4 * wanted * wanted * q))) / (2 * wanted * q);
        double energy = 1 + q * k * k;
        double norm = 1 / Math.sqrt(energy);
        before = (float) (k * phase * norm);
        middle = (float) norm;
        after = (float) (k * (1 - phase) * norm);
        lag1 = k / energy;
        lag2 = k * k * phase * (1 - phase) / energy;
    }

    /** Correlation at {@code lag} pixels, 0 to 2; 0 for others. */
    double correlation(int lag) {
        return switch (lag) {
            case 0 -> 1;
            case 1 -> lag1;
            case 2 -> lag2;
            default -> 0;
        };
    }
}
