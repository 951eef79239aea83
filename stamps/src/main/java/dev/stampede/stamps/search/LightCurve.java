package dev.stampede.stamps.search;

import dev.stampede.stamps.stamp.OrderedPixels;
import java.util.Arrays;
import java.util.stream.IntStream;

/** psi and phi along one trajectory, exposure by exposure, and the exposures that are kept. Reused; not thread-safe. */
final class LightCurve {
    /** A spread below this is taken for this, as in KBMOD. */
    private static final double MIN_SPREAD = 1e-8;

    private final LikelihoodImages images;
    private final float[] values;
    private final double[] likelihoods;
    private final double[] sorted;
    private final double[] phis;
    private final double[] roots;
    private long kept;
    private double psi;
    private double phi;

    LightCurve(LikelihoodImages images) {
        this.images = images;
        values = new float[images.exposures()];
        likelihoods = new double[images.exposures()];
        sorted = new double[images.exposures()];
        phis = IntStream.range(0, images.exposures()).mapToDouble(images::phi).toArray();
        roots = Arrays.stream(phis).map(Math::sqrt).toArray();
    }

    /** Reads the trajectory of {@code shifts} that begins at {@code start}, with all exposures in which its pixel is good. */
    void read(int[] shifts, int start) {
        kept = 0;
        psi = 0;
        phi = 0;
        for (int t = 0; t < shifts.length; t++) {
            float value = images.psi(t, shifts[t] + start);
            values[t] = value;
            if (value != 0) {
                kept |= 1L << t;
                psi += value;
                phi += phis[t];
            }
        }
    }

    /** Drops the exposures whose likelihood differs from the median by more than {@code sigmas} times sigmaG. */
    void clip(double sigmas) {
        int count = 0;
        for (int t = 0; t < values.length; t++) {
            if (keeps(t)) {
                likelihoods[t] = values[t] / roots[t];
                sorted[count++] = likelihoods[t];
            }
        }
        if (count == 0) {
            return;
        }
        Arrays.sort(sorted, 0, count);
        double median = percentile(count, 0.5);
        double spread = Math.max(percentile(count, 0.75) - percentile(count, 0.25), MIN_SPREAD);
        double limit = sigmas * OrderedPixels.SIGMA_PER_QUARTILE_RANGE * spread;
        for (int t = 0; t < values.length; t++) {
            if (keeps(t) && Math.abs(likelihoods[t] - median) > limit) {
                kept &= ~(1L << t);
            }
        }
        addUp();
    }

    private void addUp() {
        psi = 0;
        phi = 0;
        for (int t = 0; t < values.length; t++) {
            if (keeps(t)) {
                psi += values[t];
                phi += phis[t];
            }
        }
    }

    /** With linear interpolation, as numpy's default. */
    private double percentile(int count, double share) {
        double at = share * (count - 1);
        int below = (int) at;
        return below + 1 == count ? sorted[below] : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }

    private boolean keeps(int exposure) {
        return (kept >>> exposure & 1) == 1;
    }

    /** The exposures that are kept, as bits. */
    long exposures() {
        return kept;
    }

    /** The number of exposures that are kept. */
    int observations() {
        return Long.bitCount(kept);
    }

    /** sum(psi) / sqrt(sum(phi)); 0 without exposures. */
    double likelihood() {
        return phi == 0 ? 0 : psi / Math.sqrt(phi);
    }

    /** sum(psi) / sum(phi); 0 without exposures. */
    double flux() {
        return phi == 0 ? 0 : psi / phi;
    }
}
