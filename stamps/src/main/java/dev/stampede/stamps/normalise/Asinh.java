package dev.stampede.stamps.normalise;

/**
 * The inverse hyperbolic sine without calls of the math library, so that it is vectorised.
 *
 * <p>asinh(x) = 2 atanh(t) with t = x / (1 + sqrt(1 + x^2)), and atanh(t) / t is smooth in z = t^2. Up to {@link #REACH} it
 * is a polynomial; above, the logarithm of its definition.
 */
final class Asinh {
    /** The maximum argument of the polynomial. */
    static final double REACH = 2;

    /** ln(2) to double precision. */
    private static final double LN_2 = 0.6931471805599453;

    private static final double SQRT_2 = 1.4142135623730951;

    // Chebyshev interpolation of atanh(sqrt z) / sqrt z over the z of REACH, relative error 4e-9; printed by
    // stamps/src/test/python/fit_asinh.py.
    private static final double C0 = 0.9999999959;
    private static final double C1 = 0.3333346881;
    private static final double C2 = 0.1999265489;
    private static final double C3 = 0.1443544788;
    private static final double C4 = 0.0963860658;
    private static final double C5 = 0.1673633537;
    private static final double C6 = -0.131555766;
    private static final double C7 = 0.3251597988;

    private static final float F0 = (float) C0;
    private static final float F1 = (float) C1;
    private static final float F2 = (float) C2;
    private static final float F3 = (float) C3;
    private static final float F4 = (float) C4;
    private static final float F5 = (float) C5;
    private static final float F6 = (float) C6;
    private static final float F7 = (float) C7;

    private Asinh() {}

    /**
     * Replaces each of the first {@code count} values x by asinh((x - (high + low)) * scale). The error is below 5e-7
     * for arguments up to {@link #REACH}; above, the result is meaningless.
     *
     * @param high the value to subtract, rounded to float
     * @param low the rounding error of {@code high}, which may exceed the noise for pixels far from 0
     */
    static void applyWithinReach(float[] values, int count, float high, float low, float scale) {
        for (int i = 0; i < count; i++) {
            float x = (values[i] - high - low) * scale;
            float t = x / (1f + (float) Math.sqrt(1f + x * x));
            float z = t * t;
            float series = F6 + z * F7;
            series = F5 + z * series;
            series = F4 + z * series;
            series = F3 + z * series;
            series = F2 + z * series;
            series = F1 + z * series;
            series = F0 + z * series;
            values[i] = (t + t) * series;
        }
    }

    /** asinh(x) within a relative error of 1e-8 for |x| up to 1e150. */
    static double of(double x) {
        double magnitude = Math.abs(x);
        if (magnitude > REACH) {
            return Math.copySign(logarithm(magnitude + Math.sqrt(1 + magnitude * magnitude)), x);
        }
        double t = x / (1 + Math.sqrt(1 + x * x));
        double z = t * t;
        return 2 * t * (C0 + z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * (C6 + z * C7)))))));
    }

    /** ln(x) for a normal x above 0, within 1e-10: ln(2) times the exponent, and 2 atanh((m - 1) / (m + 1)) for the rest. */
    private static double logarithm(double x) {
        int exponent = Math.getExponent(x);
        double mantissa = x / Double.longBitsToDouble((exponent + 1023L) << 52);
        if (mantissa > SQRT_2) {
            mantissa *= 0.5;
            exponent++;
        }
        double s = (mantissa - 1) / (mantissa + 1);
        double z = s * s;
        double series = 1 + z * (1.0 / 3 + z * (1.0 / 5 + z * (1.0 / 7 + z * (1.0 / 9 + z * (1.0 / 11)))));
        return exponent * LN_2 + 2 * s * series;
    }
}
