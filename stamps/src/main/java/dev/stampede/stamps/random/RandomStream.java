package dev.stampede.stamps.random;

/**
 * A stream of random numbers that is the same on every Java version, which the JDK does not guarantee for
 * {@code nextGaussian}: the SplitMix64 generator (Steele, Lea and Flood 2014), with normal deviates by the ziggurat of
 * Marsaglia and Tsang (2000) in the form of Doornik (2005). Not thread-safe.
 */
public final class RandomStream {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final int LAYERS = 128;
    /** Where the ziggurat's base layer ends and the tail begins, for 128 layers. */
    private static final double TAIL = 3.442619855899;
    /** The area of each layer under exp(-x^2 / 2), for 128 layers. */
    private static final double AREA = 9.91256303526217e-3;

    private static final double[] EDGE = new double[LAYERS + 1];
    private static final double[] DENSITY = new double[LAYERS + 1];

    static {
        EDGE[0] = AREA / density(TAIL);
        EDGE[1] = TAIL;
        for (int i = 2; i < LAYERS; i++) {
            EDGE[i] = StrictMath.sqrt(-2 * StrictMath.log(AREA / EDGE[i - 1] + density(EDGE[i - 1])));
        }
        for (int i = 0; i <= LAYERS; i++) {
            DENSITY[i] = density(EDGE[i]);
        }
    }

    private long state;

    private RandomStream(long state) {
        this.state = state;
    }

    /** The stream of one purpose for one item, independent of those of other seeds, items and purposes. */
    public static RandomStream of(long seed, long item, long purpose) {
        return new RandomStream(mix(mix(mix(seed + GOLDEN_GAMMA) + item * GOLDEN_GAMMA) ^ purpose * GOLDEN_GAMMA));
    }

    private static double density(double x) {
        return StrictMath.exp(-0.5 * x * x);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    public double uniform() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    public double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Uniform in the logarithm, between two positive numbers. */
    public double logUniform(double low, double high) {
        return low * StrictMath.exp(uniform() * StrictMath.log(high / low));
    }

    /** Uniform in 0 to {@code bound} - 1. */
    public int below(int bound) {
        return (int) (uniform() * bound);
    }

    public boolean chance(double probability) {
        return uniform() < probability;
    }

    /** Exponential with mean 1. */
    public double exponential() {
        return -StrictMath.log1p(-uniform());
    }

    /** Normal with mean 0 and standard deviation 1. */
    public double gaussian() {
        while (true) {
            long bits = nextLong();
            int layer = (int) (bits & (LAYERS - 1));
            double u = (bits >> 11) * 0x1p-52;
            double x = u * EDGE[layer];
            if (Math.abs(x) < EDGE[layer + 1]) {
                return x;
            }
            if (layer == 0) {
                return tail(u < 0);
            }
            if (DENSITY[layer] + uniform() * (DENSITY[layer + 1] - DENSITY[layer]) < density(x)) {
                return x;
            }
        }
    }

    /** A deviate beyond {@link #TAIL}, by Marsaglia's method of 1964. */
    private double tail(boolean negative) {
        double x;
        double y;
        do {
            x = exponential() / TAIL;
            y = exponential();
        } while (y + y < x * x);
        return negative ? -(TAIL + x) : TAIL + x;
    }
}
