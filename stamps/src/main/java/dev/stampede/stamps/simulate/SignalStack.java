package dev.stampede.stamps.simulate;

import java.util.Arrays;

/** Light without noise in each exposure of a stack, in any unit of flux. Arrays are reused. */
final class SignalStack {
    /** The share of a point source's light in its wing, and the wing's width in units of the core's. */
    private static final double WING_SHARE = 0.1;

    private static final double WING_WIDTH = 2;

    /** Exposure, row, column. */
    final float[] values;

    private final StackShape shape;
    private final float[] rowProfile;
    private final float[] columnProfile;

    SignalStack(StackShape shape) {
        this.shape = shape;
        values = new float[shape.maxExposures() * shape.pixels()];
        rowProfile = new float[shape.side()];
        columnProfile = new float[shape.side()];
    }

    void clear(int exposures) {
        Arrays.fill(values, 0, exposures * shape.pixels(), 0);
    }

    /** Clears one exposure only. */
    void clearExposure(int exposure) {
        Arrays.fill(values, exposure * shape.pixels(), (exposure + 1) * shape.pixels(), 0);
    }

    /** Adds a star: a Gaussian core of standard deviation {@code sigma} pixels and a wing; positions from the centre. */
    void addPointSpread(int exposure, double row, double column, double sigma, double flux) {
        addGaussian(exposure, row, column, sigma, flux * (1 - WING_SHARE));
        addGaussian(exposure, row, column, sigma * WING_WIDTH, flux * WING_SHARE);
    }

    /** Adds a Gaussian of that total flux; row and column are offsets from the centre, pixels. */
    void addGaussian(int exposure, double row, double column, double sigma, double flux) {
        gaussianProfile(rowProfile, shape.centre() + row, sigma);
        gaussianProfile(columnProfile, shape.centre() + column, sigma);
        float peak = (float) (flux / (2 * Math.PI * sigma * sigma));
        int at = exposure * shape.pixels();
        int side = shape.side();
        for (int r = 0; r < side; r++) {
            float weight = peak * rowProfile[r];
            for (int c = 0; c < side; c++) {
                values[at++] += weight * columnProfile[c];
            }
        }
    }

    /**
     * exp(-(x - centre)^2 / (2 sigma^2)) at x = 0, 1, ..., by the recurrence of a Gaussian on a grid: neighbours differ
     * by a ratio, and the ratios by one constant factor. Three exponentials instead of one per pixel.
     */
    static void gaussianProfile(float[] profile, double centre, double sigma) {
        double inverse = 1 / (sigma * sigma);
        double factor = StrictMath.exp(-inverse);
        int start = (int) Math.min(Math.max(Math.rint(centre), 0), profile.length - 1);
        double distance = start - centre;
        double peak = StrictMath.exp(-0.5 * distance * distance * inverse);
        if (peak == 0) { // so far outside that the ratios could overflow
            Arrays.fill(profile, 0);
            return;
        }
        double value = peak;
        double ratio = StrictMath.exp(-(distance + 0.5) * inverse);
        for (int i = start; i < profile.length; i++) {
            profile[i] = (float) value;
            value *= ratio;
            ratio *= factor;
        }
        value = peak;
        ratio = StrictMath.exp((distance - 0.5) * inverse);
        for (int i = start - 1; i >= 0; i--) {
            value *= ratio;
            ratio *= factor;
            profile[i] = (float) value;
        }
    }
}
