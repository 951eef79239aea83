package dev.stampede.stamps.resample;

import java.util.Arrays;

/**
 * The weights of the old pixels in a new pixel along one axis. The cumulative sum of the old pixels is known at every
 * edge and interpolated in between by the polynomial of degree five through the nearest six edges; the light between two
 * places is the difference of two sums. Neighbouring new pixels share a place, so flux is conserved. Immutable.
 */
final class PixelSpan {
    private static final int EDGES = 6;

    private final int first;
    private final double[] weights;
    private final double[] overlaps;

    private PixelSpan(int first, double[] weights, double[] overlaps) {
        this.first = first;
        this.weights = weights;
        this.overlaps = overlaps;
    }

    /** From {@code start} to {@code end} on an axis of {@code side} old pixels, of which pixel i lies from i to i + 1. */
    static PixelSpan of(double start, double end, int side) {
        double from = Math.min(Math.max(start, 0), side);
        double to = Math.min(Math.max(end, 0), side);
        int first = Math.max(0, (int) Math.floor(from) - EDGES);
        int last = Math.min(side, (int) Math.ceil(to) + EDGES);
        double[] weights = new double[last - first];
        double[] overlaps = new double[last - first];
        addSumUpTo(to, side, first, weights, 1);
        addSumUpTo(from, side, first, weights, -1);
        for (int i = 0; i < overlaps.length; i++) {
            int pixel = first + i;
            overlaps[i] = Math.max(0, Math.min(to, pixel + 1) - Math.max(from, pixel));
        }
        return trimmed(first, weights, overlaps);
    }

    /** Adds {@code sign} times the weight of each pixel, starting at {@code first}, in the sum up to {@code place}. */
    private static void addSumUpTo(double place, int side, int first, double[] weights, int sign) {
        int edges = Math.min(EDGES, side + 1);
        int edge = Math.min(Math.max((int) Math.floor(place) - EDGES / 2 + 1, 0), side + 1 - edges);
        for (int pixel = first; pixel < edge; pixel++) {
            weights[pixel - first] += sign;
        }
        double above = 0; // a pixel counts in the sums at all edges above it
        for (int k = edges - 1; k > 0; k--) {
            above += lagrange(place - edge, k, edges);
            weights[edge + k - 1 - first] += sign * above;
        }
    }

    /** The polynomial that is 1 at {@code k} and 0 at every other of 0, 1, ... {@code edges - 1}. */
    private static double lagrange(double x, int k, int edges) {
        double value = 1;
        for (int other = 0; other < edges; other++) {
            if (other != k) {
                value *= (x - other) / (k - other);
            }
        }
        return value;
    }

    private static PixelSpan trimmed(int first, double[] weights, double[] overlaps) {
        int from = 0;
        int to = weights.length;
        while (from < to && weights[from] == 0 && overlaps[from] == 0) {
            from++;
        }
        while (to > from && weights[to - 1] == 0 && overlaps[to - 1] == 0) {
            to--;
        }
        return new PixelSpan(
                first + from, Arrays.copyOfRange(weights, from, to), Arrays.copyOfRange(overlaps, from, to));
    }

    /** The first old pixel. */
    int first() {
        return first;
    }

    /** The number of old pixels; 0 outside the image. */
    int count() {
        return weights.length;
    }

    /** The weight of the i-th of them by interpolation. */
    double weight(int i) {
        return weights[i];
    }

    /** The covered share of the i-th of them, 0 to 1. */
    double overlap(int i) {
        return overlaps[i];
    }
}
