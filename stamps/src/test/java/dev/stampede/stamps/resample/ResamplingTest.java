package dev.stampede.stamps.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplingTest {
    private static Stamp random(long seed, int height, int width) {
        Random random = new Random(seed);
        float[] pixels = new float[height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (1000 + 30 * random.nextGaussian());
        }
        return Stamp.of(1, height, width, pixels);
    }

    private static double sum(Stamp stamp) {
        double sum = 0;
        for (int row = 0; row < stamp.height(); row++) {
            for (int column = 0; column < stamp.width(); column++) {
                sum += stamp.pixel(0, row, column);
            }
        }
        return sum;
    }

    private static Stamp with(Stamp stamp, int row, int column, float value) {
        float[] pixels = new float[stamp.height() * stamp.width()];
        stamp.copyTo(pixels, 0);
        pixels[row * stamp.width() + column] = value;
        return Stamp.of(1, stamp.height(), stamp.width(), pixels);
    }

    /** A Gaussian of flux 1 about the middle of the pixel at side / 2, integrated over each pixel. */
    private static Stamp gaussian(int side, double sigma, double scale) {
        double[] along = new double[side];
        int middle = side / 2;
        for (int i = 0; i < side; i++) {
            along[i] = integral((i - middle - 0.5) * scale, (i - middle + 0.5) * scale, sigma);
        }
        float[] pixels = new float[side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (along[i / side] * along[i % side]);
        }
        return Stamp.of(1, side, side, pixels);
    }

    /** Of the normal density, by Simpson's rule; 200 steps leave an error far below float32. */
    private static double integral(double from, double to, double sigma) {
        int steps = 200;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double x = (from + (to - from) * i / steps) / sigma;
            double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-x * x / 2);
        }
        return sum * (to - from) / steps / 3 / (sigma * Math.sqrt(2 * Math.PI));
    }

    @ParameterizedTest(name = "{0} pixels a side")
    @ValueSource(ints = {1, 2, 5, 20, 21})
    void changesNothingAtScaleOne(int side) {
        Stamp stamp = random(1, side, side);
        assertThat(new Resampling(1, side).apply(stamp)).isEqualTo(stamp);
        Stamp masked = with(stamp, side / 2, 0, Float.NaN);
        assertThat(new Resampling(1, side).apply(masked)).isEqualTo(masked);
    }

    @Test
    void cropsAsTheCentreCropAtScaleOne() {
        Stamp stamp = random(2, 30, 25);
        assertThat(new Resampling(1, 21).apply(stamp)).isEqualTo(stamp.centreCrop(21));
    }

    @ParameterizedTest(name = "{0} pixels to {2}, each {1} old ones wide")
    @CsvSource({"21, 3, 7", "21, 0.3333333333333333, 63", "15, 0.2, 75", "63, 7, 9", "21, 0.1428571428571429, 147"})
    void keepsTheSumOfAllPixels(int side, double step, int size) {
        Stamp stamp = random(3, side, side);
        Stamp resampled = new Resampling(step, size).apply(stamp);
        assertThat(sum(resampled) / sum(stamp)).isEqualTo(1, within(1e-7)); // float32 pixels
    }

    /**
     * The pixels of a Gaussian on the new grid against the closed form, as shares of its peak. A polynomial through six
     * edges misses what pixels as coarse as the Gaussian do not hold: its error falls with the fifth to sixth power of
     * sigma, from 3 % at a FWHM of 2.4 pixels (sigma 1) to 0.3 % at 4.7; float32 ends that fall at 1e-6.
     */
    @ParameterizedTest(name = "sigma {0} pixels, step {1}: within {2} of the peak")
    @CsvSource({
        "1, 0.26, 3.5e-2",
        "1.5, 0.26, 1e-2",
        "2, 0.26, 3e-3",
        "2, 0.76, 2e-3",
        "2, 1.315, 1e-3",
        "6, 3.8, 1e-4",
        "6, 2, 1e-5",
    })
    void drawsAGaussianAsItsClosedFormSays(double sigma, double step, double tolerance) {
        Stamp resampled = new Resampling(step, 21).apply(gaussian(101, sigma, 1));
        Stamp expected = gaussian(21, sigma, step);
        double worst = 0;
        for (int row = 0; row < 21; row++) {
            for (int column = 0; column < 21; column++) {
                worst = Math.max(worst, Math.abs(resampled.pixel(0, row, column) - expected.pixel(0, row, column)));
            }
        }
        assertThat(worst / expected.pixel(0, 10, 10)).isLessThan(tolerance);
    }

    @Test
    void masksAPixelOfWhichLessThanHalfIsUnmasked() {
        Stamp stamp = random(4, 9, 9);
        for (int column = 0; column < 9; column++) {
            stamp = with(with(stamp, 0, column, Float.NaN), 1, column, 0f); // zero is masked as well
        }
        // Rows of three old ones: one of the first three is unmasked.
        Stamp third = new Resampling(3, 3).apply(stamp);
        assertThat(third.pixel(0, 0, 1)).isNaN();
        assertThat(third.pixel(0, 1, 1)).isNotNaN();
        // Now two of three are: their mean stands for the whole.
        Stamp twoThirds = new Resampling(3, 3).apply(with(with(with(stamp, 1, 3, 5), 1, 4, 6), 1, 5, 7));
        double mean = 0;
        for (int column = 3; column < 6; column++) {
            mean += (stamp.pixel(0, 2, column) + column + 2) / 6;
        }
        assertThat(twoThirds.pixel(0, 0, 1)).isEqualTo((float) (9 * mean), within(1e-3f));
    }

    @Test
    void masksWhatLiesBeyondTheImage() {
        Stamp wide = new Resampling(0.5, 21).apply(random(5, 5, 21));
        for (int column = 0; column < 21; column++) {
            assertThat(wide.pixel(0, 4, column)).isNaN();
            assertThat(wide.pixel(0, 10, column)).isNotNaN();
            assertThat(wide.pixel(0, 16, column)).isNaN();
        }
    }

    @ParameterizedTest(name = "step {0}")
    @ValueSource(doubles = {0.03, 0.26, 0.9, 1.3, 4})
    void keepsALevelSkyLevelWhateverIsMasked(double step) {
        float[] pixels = new float[63 * 63];
        Arrays.fill(pixels, 16_000);
        Random random = new Random(6);
        for (int i = 0; i < 1000; i++) {
            pixels[random.nextInt(pixels.length)] = Float.NaN;
        }
        Stamp resampled = new Resampling(step, 21).apply(Stamp.of(1, 63, 63, pixels));
        float[] observed = new float[21 * 21];
        resampled.copyTo(observed, 0);
        for (float pixel : observed) {
            assertThat(Float.isNaN(pixel) || Math.abs(pixel / (16_000 * step * step) - 1) < 1e-6)
                    .isTrue();
        }
    }

    @Test
    void resamplesEachPlaneAlone() {
        Stamp first = random(7, 9, 9);
        Stamp second = random(8, 9, 9);
        float[] both = new float[2 * 81];
        first.copyTo(both, 0);
        second.copyTo(both, 81);
        Resampling resampling = new Resampling(0.7, 9);
        Stamp resampled = resampling.apply(Stamp.of(2, 9, 9, both));
        assertThat(resampled.plane(0)).isEqualTo(resampling.apply(first));
        assertThat(resampled.plane(1)).isEqualTo(resampling.apply(second));
    }

    @ParameterizedTest(name = "step {0}, {1} pixels")
    @CsvSource({"0, 21", "-1, 21", "NaN, 21", "Infinity, 21", "1, 0"})
    void refusesAGridThatIsNone(double step, int size) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Resampling(step, size));
    }
}
