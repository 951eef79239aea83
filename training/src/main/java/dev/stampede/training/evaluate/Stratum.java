package dev.stampede.training.evaluate;

/**
 * Stamps of one sort: the sources of a range of S/N, or the bogus stamps of one kind.
 *
 * @param name such as {@code 5 to 6} or {@code noise peak}
 * @param isReal whether they are sources
 * @param signalToNoiseLow where the range begins; NaN without one
 * @param signalToNoiseHigh where it ends, itself left out; NaN without one
 */
public record Stratum(String name, boolean isReal, double signalToNoiseLow, double signalToNoiseHigh) {
    /** Narrow where sources drown in the noise, wide where none should be missed. */
    private static final double[] EDGES = {0, 4, 5, 6, 7, 8, 10, 15, 25, 50, Double.POSITIVE_INFINITY};

    /** The sources of about that S/N. */
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

    /** The bogus stamps of that kind, as truth.csv names it. */
    static Stratum ofBogus(String kind) {
        return new Stratum(kind.isEmpty() ? "kind not known" : kind.replace('_', ' '), false, Double.NaN, Double.NaN);
    }
}
