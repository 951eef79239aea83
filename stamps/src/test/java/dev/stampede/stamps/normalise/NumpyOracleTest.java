package dev.stampede.stamps.normalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.npy.NpyArray;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against numpy in float64: files written by src/test/python/make_normalisation_oracle.py. */
class NumpyOracleTest {
    private static final Path ORACLE = Path.of("src/test/resources/normalise");
    private static final int PIXELS = 441;

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void equalsNumpyInDoublePrecision(Recipe recipe) {
        float[] raw = read("stamps.npy");
        float[] expected = read("expected_" + recipe.recipeName() + ".npy");
        float[] formed = read("formed_" + recipe.recipeName() + ".npy");
        int stamps = raw.length / PIXELS;
        Normaliser normaliser = recipe.newNormaliser(1, PIXELS);
        float[] actual = new float[raw.length];
        for (int i = 0; i < stamps; i++) {
            boolean ok = normaliser.normalise(raw, i * PIXELS, actual, i * PIXELS);
            assertThat(ok).as("stamp %d formed", i).isEqualTo(formed[i] == 1f);
        }
        for (int i = 0; i < actual.length; i++) {
            // Shares of a sum are small, so their error is relative; asinh has unit slope at 0, so its error is not.
            double tolerance = recipe == Recipe.SIGMAG_UNIT_SUM ? 1e-6 * Math.abs(expected[i]) + 1e-12 : 1e-6;
            assertThat((double) actual[i])
                    .as("stamp %d pixel %d", i / PIXELS, i % PIXELS)
                    .isCloseTo(expected[i], within(tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void worksInPlace(Recipe recipe) {
        float[] raw = read("stamps.npy");
        float[] inPlace = raw.clone();
        float[] apart = new float[raw.length];
        Normaliser normaliser = recipe.newNormaliser(1, PIXELS);
        for (int at = 0; at < raw.length; at += PIXELS) {
            normaliser.normalise(raw, at, apart, at);
            normaliser.normalise(inPlace, at, inPlace, at);
        }
        assertThat(Arrays.equals(inPlace, apart)).isTrue();
    }

    private static float[] read(String name) {
        try (NpyArray array = NpyArray.open(ORACLE.resolve(name))) {
            float[] values = new float[Math.toIntExact(array.rows() * array.rowSize())];
            array.read(0, (int) array.rows(), values, 0);
            return values;
        }
    }
}
