package dev.stampede.stamps.normalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.npy.NpyArray;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against numpy in float64: files written by src/test/python/make_recipe_oracle.py. */
class RecipeOracleTest {
    private static final Path ORACLE = Path.of("src/test/resources/recipes");
    private static final int PLANES = 3;
    private static final int ROWS = 9;
    private static final int COLUMNS = 7;

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void equalsNumpyInDoublePrecision(Recipe recipe) {
        float[] raw = read("planes.npy");
        float[] expected = read("expected_" + recipe.recipeName() + ".npy");
        int planes = recipe.isJoint() ? PLANES : 1;
        int size = planes * ROWS * COLUMNS;
        Normaliser normaliser = recipe.newNormaliser(planes * ROWS, COLUMNS);
        float[] actual = new float[raw.length];
        for (int start = 0; start < raw.length; start += size) {
            assertThat(normaliser.normalise(raw, start, actual, start)).isTrue();
        }
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i])
                    .as("pixel %d", i)
                    .isCloseTo(expected[i], within(1e-6 * Math.max(1, Math.abs(expected[i]))));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"Z_SCORE_IMAGE", "Z_SCORE_ALL", "MIN_MAX", "MEDIAN_MAD"})
    void formsNoneOfAFlatOrAFullyMaskedImage(Recipe recipe) {
        for (float value : new float[] {7, Float.NaN}) {
            float[] flat = new float[6];
            Arrays.fill(flat, value);
            assertThat(recipe.newNormaliser(2, 3).normalise(flat, 0, flat, 0)).isFalse();
            assertThat(flat).containsOnly(0f);
        }
    }

    @Test
    void keepsARowOfNormZero() {
        float[] pixels = {0, 0, 3, 4};
        assertThat(Recipe.L2_ROW.newNormaliser(2, 2).normalise(pixels, 0, pixels, 0))
                .isTrue();
        assertThat(pixels).containsExactly(0, 0, 0.6f, 0.8f);
    }

    private static float[] read(String name) {
        try (NpyArray array = NpyArray.open(ORACLE.resolve(name))) {
            float[] values = new float[Math.toIntExact(array.rows() * array.rowSize())];
            array.read(0, (int) array.rows(), values, 0);
            return values;
        }
    }
}
