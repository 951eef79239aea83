package dev.stampede.stamps.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StampPreparationTest {
    private static final int SIDE = 21;
    private static final int PLANE = SIDE * SIDE;
    private static final int PLANES = 2;

    /** Two planes of noise; of ten stamps two have no masked pixel, the others zeros, NaN or both. */
    private static float[] pixels(int seed) {
        Random random = new Random(seed);
        float[] pixels = new float[PLANES * PLANE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (100 + 7 * random.nextGaussian());
            if (seed % 10 > 1 && random.nextInt(10) == 0) {
                pixels[i] = seed % 3 == 0 ? 0f : seed % 3 == 1 || random.nextBoolean() ? Float.NaN : 0f;
            }
        }
        return pixels;
    }

    /** One ordering serves both here; the two parts by themselves each make their own. */
    @ParameterizedTest
    @EnumSource(
            value = Recipe.class,
            names = {"ASINH_SNR", "SIGMAG_UNIT_SUM"})
    void preparesAndMeasuresAStampAsItsPartsDoByThemselves(Recipe recipe) {
        ModelContract contract = TinyModel.standard()
                .withRecipe(recipe)
                .withPlanes(Plane.MEDIAN, Plane.SUM)
                .contract();
        StampPreparation preparation = new StampPreparation(contract);
        for (int seed = 0; seed < 100; seed++) {
            float[] pixels = pixels(seed);
            Stamp stamp = Stamp.of(PLANES, SIDE, SIDE, pixels);

            assertThat(preparation.prepare(stamp)).isEmpty();

            float[] expected = new float[pixels.length];
            for (int start = 0; start < pixels.length; start += PLANE) {
                recipe.newNormaliser(1, PLANE).normalise(pixels, start, expected, start);
            }
            assertThat(preparation.normalised()).containsExactly(expected);
            assertThat(preparation.quality()).isEqualTo(PixelQuality.measure(stamp));
        }
    }
}
