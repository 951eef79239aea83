package dev.stampede.stamps.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StarStackTest {
    private static final int SIDE = 63;
    private static final double SIGMA = 5;

    /** A star in white noise, at a place that differs by seed, moved by {@code shift} rows. */
    private static Stamp image(long seed, double fwhm, double shift) {
        RandomStream random = RandomStream.of(seed, 0, 2);
        LightMap light = new LightMap(SIDE);
        double row = random.uniform(-15, 15);
        double column = random.uniform(-15, 15);
        light.add(PointSpread.circular(PsfProfile.moffat(3), fwhm), row + shift, column, 2000 * fwhm * fwhm);
        float[] pixels = light.values().clone();
        RandomStream noise = RandomStream.of(seed, (long) (1000 * shift), 3);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] += (float) (500 + SIGMA * noise.gaussian());
        }
        return Stamp.of(1, SIDE, SIDE, pixels);
    }

    @ParameterizedTest
    @ValueSource(doubles = {2.2, 3.4, 5})
    void measuresTheProfileOfStarsFinerThanPixels(double fwhm) {
        StarStack stack = new StarStack();
        for (int i = 0; i < 20; i++) {
            stack.add(image(i, fwhm, 0), Optional.empty());
        }
        StarStack.Measurement measured = stack.measure().orElseThrow();
        assertThat(measured.stars()).isEqualTo(20);
        assertThat(measured.fwhmPixels()).isCloseTo(fwhm, within(0.1 * fwhm)); // of a Gaussian through a Moffat core
        PsfProfile moffat = PsfProfile.moffat(3);
        for (double pixels : new double[] {0, 0.3 * fwhm, 0.5 * fwhm, fwhm, 2 * fwhm}) {
            assertThat(measured.profile().at(pixels / measured.fwhmPixels()))
                    .as("at %s pixels", pixels)
                    .isCloseTo(moffat.at(pixels / fwhm), within(0.08));
        }
        assertThat(measured.registrationErrorPixels()).isEmpty();
    }

    @Test
    void measuresHowFarStarsAreFromThoseOfTheTemplate() {
        StarStack stack = new StarStack();
        for (int i = 0; i < 10; i++) {
            stack.add(image(i, 3.4, 0), Optional.of(image(i, 3.4, 0.3)));
        }
        // All shifts are 0.3 pixels; a Rayleigh distribution with that median has a sigma of 0.3 / 1.1774.
        assertThat(stack.measure().orElseThrow().registrationErrorPixels().orElseThrow())
                .isCloseTo(0.255, within(0.02));
    }

    @Test
    void measuresNothingWithTooFewStars() {
        StarStack stack = new StarStack();
        for (int i = 0; i < StarStack.MIN_STARS - 1; i++) {
            stack.add(image(i, 3.4, 0), Optional.empty());
        }
        assertThat(stack.measure()).isEmpty();
    }
}
