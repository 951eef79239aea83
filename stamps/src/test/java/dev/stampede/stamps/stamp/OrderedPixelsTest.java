package dev.stampede.stamps.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedPixelsTest {
    private static final int PIXELS = 300;

    /** One of several shapes of distribution: smooth, tied, heavy-tailed, any bits at all, in two heaps, huge. */
    private static float[] pixels(long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            pixels[i] = switch ((int) (seed % 7)) {
                case 0 -> (float) random.nextGaussian();
                case 1 -> random.nextInt(4) - 1;
                case 2 -> (float) (1 / random.nextGaussian());
                case 3 -> Float.intBitsToFloat(random.nextInt());
                // Noise far from the zeros of a mask, few or many: the buckets have to go where the noise is.
                case 4 -> random.nextInt(5) == 0 ? 0f : (float) (16_000 + 5 * random.nextGaussian());
                case 5 -> random.nextInt(5) < 3 ? 0f : (float) (1e-30 * random.nextGaussian());
                default -> (random.nextInt(9) == 0 ? Float.NaN : 3e38f * (2 * random.nextFloat() - 1));
            };
        }
        return pixels;
    }

    private static float[] sorted(float[] pixels, MaskRule rule) {
        double[] kept = IntStream.range(0, PIXELS)
                .filter(i -> !rule.masks(pixels[i]))
                .mapToDouble(i -> pixels[i])
                .sorted()
                .toArray();
        float[] sorted = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            sorted[i] = (float) kept[i];
        }
        return sorted;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 18, 19, 25, 26, 32, 33})
    void everyRankIsThatOfASortedCopyInWhateverOrderItIsAskedFor(long seed) {
        float[] pixels = pixels(seed);
        OrderedPixels ordered = new OrderedPixels(PIXELS);
        for (MaskRule rule : MaskRule.values()) {
            float[] expected = sorted(pixels, rule);
            assertThat(ordered.load(pixels, 0, rule)).isEqualTo(expected.length);
            assertThat(ordered.min()).isEqualTo(expected[0]);
            assertThat(ordered.max()).isEqualTo(expected[expected.length - 1]);
            for (int i = 0; i < expected.length; i++) {
                int rank = (i * 7919) % expected.length;
                assertThat(ordered.at(rank)).isEqualTo(expected[rank]);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12})
    void boundsCutWhereASortedCopyWouldBeCut(long seed) {
        float[] pixels = pixels(seed);
        float[] expected = sorted(pixels, MaskRule.NOT_FINITE);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            OrderedPixels ordered = new OrderedPixels(PIXELS);
            ordered.load(pixels, 0, MaskRule.NOT_FINITE);
            float near = expected[random.nextInt(expected.length)];
            double bound = i % 2 == 0 ? near : near * 1.00000001 + 1e-10;
            assertThat(ordered.firstNotBelow(bound)).isEqualTo(countBelow(expected, bound));
            assertThat(ordered.firstAbove(bound)).isEqualTo(countBelow(expected, Math.nextUp(bound)));
        }
    }

    private static int countBelow(float[] values, double bound) {
        int below = 0;
        for (float value : values) {
            below += value < bound ? 1 : 0;
        }
        return below;
    }

    @Test
    void percentilesAreLinearBetweenRanksAsNumpyHasThem() {
        OrderedPixels ordered = new OrderedPixels(4);
        ordered.load(new float[] {40, 10, 20, 30}, 0, MaskRule.NOT_FINITE);
        assertThat(ordered.percentile(0.25)).isCloseTo(17.5, within(1e-12)); // numpy.percentile([40,10,20,30], 25)
        assertThat(ordered.percentile(0.5)).isEqualTo(25);
        assertThat(ordered.percentile(1)).isEqualTo(40);
        assertThat(ordered.sigmaG()).isCloseTo(0.7413 * 15, within(1e-12));
    }

    @Test
    void varianceAndMedianLookAtTheirRanksOnly() {
        OrderedPixels ordered = new OrderedPixels(6);
        ordered.load(new float[] {1000, 3, 5, -1000, 1, 7}, 0, MaskRule.NOT_FINITE);
        assertThat(ordered.median(1, 5)).isEqualTo(4); // of 1, 3, 5, 7
        assertThat(ordered.variance(1, 5, 4)).isEqualTo(5);
        assertThat(ordered.median(1, 4)).isEqualTo(3);
        assertThat(ordered.variance(1, 4, 3)).isCloseTo(8.0 / 3, within(1e-12));
    }

    @Test
    void sumsWhatLiesAboveABase() {
        OrderedPixels ordered = new OrderedPixels(5);
        ordered.load(new float[] {1, 2, 3, 4, Float.NaN}, 0, MaskRule.NOT_FINITE);
        assertThat(ordered.sumAbove(2.5)).isEqualTo(2);
        float[] three = {Float.NaN, 2, Float.NaN, 4, 9};
        ordered.load(three, 0, MaskRule.NOT_FINITE);
        assertThat(ordered.sumAbove(2.5)).isEqualTo(8);
    }

    @Test
    void leavesThePixelsAsTheyAre() {
        float[] pixels = pixels(0);
        float[] before = pixels.clone();
        OrderedPixels ordered = new OrderedPixels(PIXELS);
        ordered.load(pixels, 0, MaskRule.NOT_FINITE);
        ordered.percentile(0.5);
        assertThat(Arrays.equals(pixels, before)).isTrue();
    }
}
