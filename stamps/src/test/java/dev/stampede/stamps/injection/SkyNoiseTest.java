package dev.stampede.stamps.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stampede.stamps.random.RandomStream;
import dev.stampede.stamps.stamp.Stamp;
import org.junit.jupiter.api.Test;

class SkyNoiseTest {
    private static final int SIDE = 200;

    /** Neighbours in a row are correlated by 0.5: sums of two. */
    private static float[] correlated() {
        RandomStream random = RandomStream.of(3, 0, 1);
        float[] pixels = new float[SIDE * SIDE];
        double before = random.gaussian();
        for (int i = 0; i < pixels.length; i++) {
            double next = random.gaussian();
            pixels[i] = (float) ((before + next) / Math.sqrt(2));
            before = next;
        }
        return pixels;
    }

    @Test
    void knowsTheVarianceOfCorrelatedNoiseThroughAFilter() {
        NoiseCorrelation noise = NoiseCorrelation.of(correlated(), SIDE, 0, 1);
        // The sum of three pixels in a row: 3 + 2 * 2 * 0.5; in a column they are independent.
        assertThat(noise.variance(new float[] {0, 0, 0, 1, 1, 1, 0, 0, 0}, 3)).isCloseTo(5, within(0.15));
        assertThat(noise.variance(new float[] {0, 1, 0, 0, 1, 0, 0, 1, 0}, 3)).isCloseTo(3, within(0.15));
    }

    @Test
    void findsASourceAsTheHighestPeakWithItsSignalToNoise() {
        RandomStream random = RandomStream.of(4, 0, 1);
        float[] pixels = new float[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) (7 + 2 * random.gaussian());
        }
        PointSpread psf = PointSpread.circular(PsfProfile.moffat(3), 4);
        LightMap star = new LightMap(41);
        star.add(psf, 0, 0, 1);
        double norm = 0;
        for (float value : star.values()) {
            norm += value * value;
        }
        star.scale(30 * 2 / Math.sqrt(norm)); // S/N 30 in white noise of 2
        for (int i = 0; i < 41 * 41; i++) {
            pixels[(10 + i / 41) * SIDE + 150 + i % 41] += star.values()[i];
        }
        SkyImage sky = SkyImage.of(Stamp.of(1, SIDE, SIDE, pixels)).orElseThrow();
        SkyImage.Peak highest = sky.peaks(new PsfFilter(psf, sky.noise()), 3).get(0);
        assertThat(highest.row()).isEqualTo(30);
        assertThat(highest.column()).isEqualTo(170);
        assertThat(highest.signalToNoise()).isCloseTo(30, within(2.5)); // its own noise is 1
    }
}
