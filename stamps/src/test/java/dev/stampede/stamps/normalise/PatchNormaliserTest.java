package dev.stampede.stamps.normalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PatchNormaliserTest {
    private static final int PIXELS = 441;

    static Stream<Arguments> recipesAndSeeds() {
        return Stream.of(Recipe.SIGMAG_UNIT_SUM, Recipe.ASINH_SNR)
                .flatMap(recipe -> IntStream.range(0, 40).mapToObj(seed -> Arguments.of(recipe, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("recipesAndSeeds")
    void givesWhatThePlainNormaliserGivesForTheReplacedPixels(Recipe recipe, int seed) {
        Random random = new Random(seed);
        float[] plane = plane(random);
        PatchNormaliser patched = new PatchNormaliser((OrderedNormaliser) recipe.newNormaliser(1, PIXELS), PIXELS);
        patched.load(plane, 0);
        for (int trial = 0; trial < 20; trial++) {
            int[] hidden = random.ints(0, PIXELS)
                    .distinct()
                    .limit(1 + random.nextInt(60))
                    .toArray();
            assertAgrees(recipe, patched, plane, hidden, fill(random));
        }
    }

    /** Noise, with outliers, ties, masked pixels and both zeros. */
    private static float[] plane(Random random) {
        float[] plane = new float[PIXELS];
        double level = random.nextBoolean() ? 0 : 1000;
        for (int i = 0; i < PIXELS; i++) {
            double value = level + 10 * random.nextGaussian();
            plane[i] = (float)
                    switch (random.nextInt(20)) {
                        case 0 -> 1e4 * value;
                        case 1 -> Math.rint(value / 10) * 10;
                        case 2 -> Double.NaN;
                        case 3 -> random.nextBoolean() ? 0.0 : -0.0;
                        default -> value;
                    };
        }
        return plane;
    }

    private static float[] fill(Random random) {
        float[] fill = new float[PIXELS];
        int kind = random.nextInt(4);
        for (int i = 0; i < PIXELS; i++) {
            fill[i] = (float)
                    switch (kind) {
                        case 0 -> 0;
                        case 1 -> 1003;
                        case 2 -> 1000 + 10 * random.nextGaussian();
                        default -> random.nextInt(3) == 0 ? Double.NaN : -5e3;
                    };
        }
        return fill;
    }

    private static void assertAgrees(
            Recipe recipe, PatchNormaliser patched, float[] plane, int[] hidden, float[] fill) {
        float[] replaced = plane.clone();
        for (int pixel : hidden) {
            replaced[pixel] = fill[pixel];
        }
        float[] expected = new float[PIXELS];
        boolean formed = recipe.newNormaliser(1, PIXELS).normalise(replaced, 0, expected, 0);
        float[] target = new float[PIXELS + 2];
        assertThat(patched.normalise(hidden, fill, target, 1)).isEqualTo(formed);
        for (int i = 0; i < PIXELS; i++) {
            // The statistics agree but for the order in which doubles are added; the values are of order 1 or less.
            assertThat(target[i + 1]).isCloseTo(expected[i], within(1e-6f * Math.max(1, Math.abs(expected[i]))));
        }
        assertThat(target[0]).isZero();
        assertThat(target[PIXELS + 1]).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void writesZerosWhereNothingIsLeft(Recipe recipe) {
        float[] plane = plane(new Random(1));
        PatchNormaliser patched = new PatchNormaliser((OrderedNormaliser) recipe.newNormaliser(1, PIXELS), PIXELS);
        patched.load(plane, 0);
        float[] target = new float[PIXELS];
        target[7] = 5;
        int[] all = IntStream.range(0, PIXELS).toArray();
        float[] masked = new float[PIXELS];
        Arrays.fill(masked, Float.NaN);
        assertThat(patched.normalise(all, masked, target, 0)).isFalse();
        assertThat(target).containsOnly(0f);
        assertThat(patched.normalise(all, new float[PIXELS], target, 0)).isFalse();
        assertThat(target).containsOnly(0f);
    }

    @Test
    void forgetsThePlaneBefore() {
        PatchNormaliser patched =
                new PatchNormaliser((OrderedNormaliser) Recipe.ASINH_SNR.newNormaliser(1, PIXELS), PIXELS);
        patched.load(new float[PIXELS], 0);
        float[] plane = plane(new Random(2));
        patched.load(plane, 0);
        assertAgrees(Recipe.ASINH_SNR, patched, plane, new int[] {3, 220}, new float[PIXELS]);
    }
}
