package dev.stampede.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MatchedFilterBaselineTest {
    private static final int SIZE = 21;
    private static final double FWHM = 4;
    private static final double SIGMA = FWHM / 2.3548200450309493;

    private final MatchedFilterBaseline filter = new MatchedFilterBaseline(SIZE, 0);

    @Test
    void respondsWithTheSignalToNoiseOfASourceOnWhiteNoise() {
        // Of a Gaussian of height A on white noise of sigma 1 the S/N is A sqrt(sum h^2) = A sqrt(pi) sigma.
        double signalToNoise = 20;
        double height = signalToNoise / (Math.sqrt(Math.PI) * SIGMA);
        double mean = 0;
        for (int seed = 0; seed < 60; seed++) {
            mean += filter.response(Stamp.of(1, SIZE, SIZE, stamp(seed, height, 1.2, -0.7, 300, 7)), FWHM) / 60;
        }
        // The mean of 60 is good to 0.13; noise in the measured correlation, which is 0 or more, costs some per cent.
        assertThat(mean).isCloseTo(signalToNoise, within(1.2));
    }

    @Test
    void isInvariantUnderLevelAndScale() {
        float[] pixels = stamp(4, 3, 0, 0, 0, 1);
        float[] other = pixels.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] = 1000 + 40 * other[i];
        }
        double response = filter.response(Stamp.of(1, SIZE, SIZE, pixels), FWHM);
        assertThat(filter.response(Stamp.of(1, SIZE, SIZE, other), FWHM)).isCloseTo(response, within(1e-3));
    }

    @Test
    void findsASourceOffTheCentre() {
        double centred = filter.response(Stamp.of(1, SIZE, SIZE, stamp(5, 4, 0, 0, 0, 1)), FWHM);
        double off = filter.response(Stamp.of(1, SIZE, SIZE, stamp(5, 4, 2, -2, 0, 1)), FWHM);
        assertThat(off).isCloseTo(centred, within(0.2 * centred));
        assertThat(filter.response(Stamp.of(1, SIZE, SIZE, stamp(5, 4, 8, 8, 0, 1)), FWHM))
                .isLessThan(0.4 * centred);
    }

    @Test
    void correlationOfTheNoiseLowersTheResponse() {
        // Every pixel the mean of two neighbours along rows: 0.5 along rows, 0 along columns.
        double white = 0;
        double smooth = 0;
        for (int seed = 0; seed < 40; seed++) {
            float[] pixels = stamp(seed, 0, 0, 0, 0, 1);
            white += Math.abs(filter.response(Stamp.of(1, SIZE, SIZE, pixels), FWHM));
            float[] blurred = pixels.clone();
            for (int i = 1; i < blurred.length; i++) {
                blurred[i] = (pixels[i] + pixels[i - 1]) / 2;
            }
            smooth += Math.abs(filter.response(Stamp.of(1, SIZE, SIZE, blurred), FWHM));
        }
        // Without regard to the correlation the noise would respond sqrt(2) times as much.
        assertThat(smooth / white).isBetween(0.8, 1.25);
    }

    @Test
    void ignoresMaskedPixels() {
        float[] pixels = stamp(6, 6, 0, 0, 0, 1);
        double whole = filter.response(Stamp.of(1, SIZE, SIZE, pixels), FWHM);
        for (int column = 0; column < SIZE; column++) {
            pixels[9 * SIZE + column] = Float.NaN;
        }
        assertThat(filter.response(Stamp.of(1, SIZE, SIZE, pixels), FWHM)).isBetween(0.6 * whole, whole);
    }

    @Test
    void isZeroWithoutMeasurableNoise() {
        assertThat(filter.response(Stamp.of(1, SIZE, SIZE, new float[SIZE * SIZE]), FWHM))
                .isZero();
        float[] flat = new float[SIZE * SIZE];
        Arrays.fill(flat, 5);
        assertThat(filter.response(Stamp.of(1, SIZE, SIZE, flat), FWHM)).isZero();
    }

    private static float[] stamp(long seed, double height, double row, double column, double level, double scale) {
        Random random = new Random(seed);
        float[] pixels = new float[SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            int line = i / SIZE - SIZE / 2;
            int place = i % SIZE - SIZE / 2;
            double square = (line - row) * (line - row) + (place - column) * (place - column);
            double source = height * Math.exp(-square / (2 * SIGMA * SIGMA));
            pixels[i] = (float) (level + scale * (source + random.nextGaussian()));
        }
        return pixels;
    }
}
