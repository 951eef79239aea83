package dev.stampede.training.evaluate;

/**
 * The sources in a range of S/N, or the bogus stamps of one kind.
 *
 * @param name such as {@code 5 to 6} or {@code noise peak}
 * @param isReal whether they are sources
 * @param signalToNoiseLow the lower limit, inclusive; NaN without a range
 * @param signalToNoiseHigh the upper limit, exclusive; NaN without a range
 */
public record Stratum(String name, boolean isReal, double signalToNoiseLow, double signalToNoiseHigh) {
    /** Narrow bins for faint sources, wide ones for bright sources. */
    private static final double[] EDGES = {0, 4, 5, 6, 7, 8, 10, 15, 25, 50, Double.POSITIVE_INFINITY};

    /** The stratum of sources of that S/N. */
    static Stratum ofSource(double signalToNoise) {
        for (int i = 1; i < EDGES.length; i++) {
            if (signalToNoise >= EDGES[i - 1] && signalToNoise < EDGES[i]) {
                return new Stratum(range(EDGES[i - 1], EDGES[i]), true, EDGES[i - 1], EDGES[i]);
            }
        }
        return new Stratum("S/N not known", true, Double.NaN, Double.NaN);
    }

    private static String range(double low, double high) {
        if (low == 0) {
            return "below " + (int) high;
        }
        return high == Double.POSITIVE_INFINITY ? (int) low + " and above" : (int) low + " to " + (int) high;
    }

    /** The stratum of bogus stamps of a kind, named as in truth.csv. */
    static Stratum ofBogus(String kind) {
        return new Stratum(kind.isEmpty() ? "kind not known" : kind.replace('_', ' '), false, Double.NaN, Double.NaN);
    }
}
