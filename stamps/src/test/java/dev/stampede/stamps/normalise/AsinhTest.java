package dev.stampede.stamps.normalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AsinhTest {
    @Test
    void theVectorFormIsWithinItsStatedErrorOverItsReach() {
        int steps = 400_001;
        float[] values = new float[steps];
        for (int i = 0; i < steps; i++) {
            values[i] = (float) (Asinh.REACH * (2.0 * i / (steps - 1) - 1));
        }
        float[] arguments = values.clone();
        Asinh.applyWithinReach(values, steps, 0f, 0f, 1f);
        double worst = 0;
        for (int i = 0; i < steps; i++) {
            worst = Math.max(worst, Math.abs(values[i] - exact(arguments[i])));
        }
        assertThat(worst).isLessThan(5e-7);
    }

    @Test
    void theScalarFormIsWithinItsStatedErrorOverAllMagnitudes() {
        for (double x = 1e-40; x < 1e150; x *= 1.013) {
            assertThat(Asinh.of(x) / exact(x)).as("asinh(%s)", x).isCloseTo(1, within(1e-8));
            assertThat(Asinh.of(-x)).isEqualTo(-Asinh.of(x));
        }
        assertThat(Asinh.of(0)).isZero();
    }

    /** By the math library; log1p keeps small arguments exact. */
    private static double exact(double x) {
        double a = Math.abs(x);
        return Math.copySign(Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a))), x);
    }
}
