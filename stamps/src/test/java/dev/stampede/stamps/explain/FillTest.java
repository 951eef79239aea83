package dev.stampede.stamps.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.stamp.OrderedPixels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FillTest {
    /** 1 to 9 with a masked pixel, a 0 and an outlier. */
    private static final float[] CHANNEL = {1, 2, 3, Float.NaN, 4, 5, 0, 6, 7, 8, 9, 1e6f};

    private static float[] paint(Fill fill, long seed, float... plane) {
        float[] target = new float[plane.length];
        fill.paint(target, plane, 0, new OrderedPixels(plane.length), seed);
        return target;
    }

    @Test
    void takesTheMedianOfTheUnmaskedPixels() {
        assertThat(paint(Fill.MEDIAN, 1, CHANNEL)[0]).isEqualTo(5.5f);
    }

    @Test
    void drawsNoiseFromTheBackgroundAlone() {
        for (long seed = 0; seed < 50; seed++) {
            float[] noise = paint(Fill.NOISE, seed, CHANNEL);
            for (int i = 0; i < noise.length; i++) {
                if (i != 3 && i != 6) {
                    assertThat(noise[i]).isBetween(1f, 9f);
                }
            }
            assertThat(paint(Fill.NOISE, seed, CHANNEL)).isEqualTo(noise);
        }
    }

    @ParameterizedTest
    @EnumSource(Fill.class)
    void leavesMaskedPixelsMasked(Fill fill) {
        float[] painted = paint(fill, 1, CHANNEL);
        assertThat(painted[3]).isNaN();
        assertThat(painted[6]).isZero();
        assertThat(paint(fill, 1, Float.NaN, 0, 0)).isEqualTo(new float[] {Float.NaN, 0, 0});
    }

    @ParameterizedTest
    @EnumSource(Fill.class)
    void fillsAFlatPlaneWithItsValue(Fill fill) {
        float[] flat = new float[9];
        Arrays.fill(flat, 7);
        assertThat(paint(fill, 1, flat)).containsOnly(fill == Fill.ZERO ? 0f : 7f);
    }
}
