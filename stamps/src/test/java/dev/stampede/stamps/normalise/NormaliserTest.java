package dev.stampede.stamps.normalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NormaliserTest {
    private static final int PIXELS = 441;

    static Stream<Arguments> seeds() {
        return Stream.of(Recipe.SIGMAG_UNIT_SUM, Recipe.ASINH_SNR)
                .flatMap(recipe -> LongStream.range(0, 25).mapToObj(seed -> Arguments.of(recipe, seed)));
    }

    /** Multiples of 1/64 below 32, so that the offsets and scales of these tests change them without rounding. */
    private static float[] stamp(long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[PIXELS];
        double peak = 20 * random.nextDouble();
        for (int i = 0; i < PIXELS; i++) {
            int row = i / 21 - 10;
            int column = i % 21 - 10;
            double value = random.nextGaussian() + peak * Math.exp(-(row * row + column * column) / 7.0);
            pixels[i] = (float) (Math.rint(64 * value) + 0.5) / 64;
            if (random.nextInt(20) == 0) {
                pixels[i] = Float.NaN;
            }
        }
        return pixels;
    }

    private static float[] normalised(Recipe recipe, float[] pixels) {
        float[] target = new float[PIXELS];
        assertThat(recipe.newNormaliser(1, PIXELS).normalise(pixels, 0, target, 0))
                .isTrue();
        return target;
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("seeds")
    void isUnchangedByTheSkyLevelAndTheGain(Recipe recipe, long seed) {
        float[] pixels = stamp(seed);
        float[] shifted = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            shifted[i] = (pixels[i] + 4096f) * 0.25f;
        }
        float[] expected = normalised(recipe, pixels);
        float[] actual = normalised(recipe, shifted);
        for (int i = 0; i < PIXELS; i++) {
            // The pixels are changed exactly, so what differs is rounding in the last places of the output.
            assertThat((double) actual[i])
                    .isCloseTo(expected[i], within(recipe == Recipe.ASINH_SNR ? 1e-6 : 1e-6 * Math.abs(expected[i])));
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("seeds")
    void keepsTheOrderOfThePixels(Recipe recipe, long seed) {
        float[] pixels = stamp(seed);
        float[] out = normalised(recipe, pixels);
        for (int i = 1; i < PIXELS; i++) {
            if (pixels[i - 1] < pixels[i]) {
                assertThat(out[i - 1]).isLessThanOrEqualTo(out[i]);
            }
        }
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("seeds")
    void anyBitsGiveFiniteValues(Recipe recipe, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            pixels[i] = Float.intBitsToFloat(random.nextInt());
        }
        float[] target = new float[PIXELS];
        recipe.newNormaliser(1, PIXELS).normalise(pixels, 0, target, 0);
        for (float value : target) {
            assertThat(Float.isFinite(value)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void aFlatStampCannotBeFormedAndBecomesZeros(Recipe recipe) {
        float[] target = new float[PIXELS];
        Arrays.fill(target, 7f);
        float[] flat = new float[PIXELS];
        Arrays.fill(flat, 16000.3f);
        assertThat(recipe.newNormaliser(1, PIXELS).normalise(flat, 0, target, 0))
                .isFalse();
        assertThat(target).containsOnly(0f);
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void aFullyMaskedStampCannotBeFormedAndBecomesZeros(Recipe recipe) {
        float[] target = new float[PIXELS];
        Arrays.fill(target, 7f);
        float[] masked = new float[PIXELS];
        Arrays.fill(masked, Float.NaN);
        masked[3] = Float.POSITIVE_INFINITY;
        assertThat(recipe.newNormaliser(1, PIXELS).normalise(masked, 0, target, 0))
                .isFalse();
        assertThat(target).containsOnly(0f);
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void readsAndWritesOnlyItsPlane(Recipe recipe) {
        float[] pixels = new float[PIXELS + 20];
        Arrays.fill(pixels, 1e6f);
        System.arraycopy(stamp(5), 0, pixels, 10, PIXELS);
        float[] target = new float[PIXELS + 7];
        Arrays.fill(target, -1f);
        recipe.newNormaliser(1, PIXELS).normalise(pixels, 10, target, 4);
        assertThat(Arrays.copyOfRange(target, 4, PIXELS + 4)).containsExactly(normalised(recipe, stamp(5)));
        assertThat(Arrays.copyOf(target, 4)).containsOnly(-1f);
        assertThat(Arrays.copyOfRange(target, PIXELS + 4, PIXELS + 7)).containsOnly(-1f);
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void remembersNothingOfTheStampBefore(Recipe recipe) {
        Normaliser used = recipe.newNormaliser(1, PIXELS);
        float[] target = new float[PIXELS];
        for (long seed = 0; seed < 20; seed++) {
            used.normalise(stamp(seed), 0, target, 0);
            assertThat(target).containsExactly(normalised(recipe, stamp(seed)));
        }
    }
}
