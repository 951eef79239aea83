package dev.stampede.stamps.stamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PixelQualityTest {
    private static final int SIDE = 21;
    private static final int PIXELS = SIDE * SIDE;

    /** Pixels 100 - 44 to 100 + 44 in steps of 0.2: median 100, quartiles 78 and 122. The brightest lie in row 20. */
    private static float[] ramp() {
        float[] pixels = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            pixels[i] = 100 + 0.2f * (i - 220);
        }
        return pixels;
    }

    private static PixelQuality measure(float[] pixels) {
        return PixelQuality.measure(Stamp.of(1, SIDE, SIDE, pixels));
    }

    private static int at(int row, int column) {
        return row * SIDE + column;
    }

    @Test
    void measuresMedianSpreadAndPeak() {
        PixelQuality quality = measure(ramp());
        assertThat(quality.median()).isEqualTo(100f);
        assertThat(quality.sigmaG()).isCloseTo(0.7413f * 44, within(1e-4f));
        assertThat(quality.peakSignalToNoise()).isCloseTo(44 / (0.7413f * 44), within(1e-5f));
        assertThat(quality.maskedFraction()).isZero();
    }

    @Test
    void nanAndZeroAreMasked() {
        float[] pixels = ramp();
        Arrays.fill(pixels, 0, 21, 0f);
        Arrays.fill(pixels, 420, 441, Float.NaN);
        PixelQuality quality = measure(pixels);
        assertThat(quality.maskedFraction()).isEqualTo(42f / 441);
        assertThat(quality.median()).isEqualTo(100f);
        assertThat(quality.peakSignalToNoise() * quality.sigmaG()).isCloseTo(0.2f * 199, within(1e-3f));
    }

    @Test
    void centroidIsTheMeanOfTheLightAboveTheNoise() {
        float[] pixels = ramp();
        pixels[at(13, 10)] = 100 + 300; // 3 rows down
        pixels[at(10, 14)] = 100 + 100; // 4 columns right
        // (3 * 300, 4 * 100) / 400 = (2.25, 1) pixels; the two ranks they take move the median by 0.2 at most.
        assertThat(measure(pixels).centroidOffsetPixels()).isCloseTo((float) Math.hypot(2.25, 1), within(0.01f));
    }

    @Test
    void centroidOfACentralSourceIsTheCentrePixel() {
        float[] pixels = ramp();
        pixels[at(10, 10)] = 1000;
        pixels[at(9, 10)] = 500;
        pixels[at(11, 10)] = 500;
        assertThat(measure(pixels).centroidOffsetPixels()).isCloseTo(0f, within(1e-6f));
    }

    @Test
    void lightFarFromTheCentreIsNoCentroid() {
        float[] pixels = ramp();
        pixels[at(2, 2)] = 1e6f;
        PixelQuality quality = measure(pixels);
        assertThat(quality.centroidOffsetPixels()).isNaN();
        assertThat(quality.peakSignalToNoise()).isGreaterThan(1000f);
    }

    @Test
    void aFlatStampHasNoSpreadAndNoSignalToNoise() {
        float[] pixels = new float[PIXELS];
        Arrays.fill(pixels, -3f);
        pixels[at(10, 10)] = 9f;
        assertThat(measure(pixels)).isEqualTo(new PixelQuality(-3f, 0f, 0f, Float.NaN, Float.NaN));
    }

    @Test
    void aFullyMaskedStampHasNoStatistics() {
        assertThat(measure(new float[PIXELS]))
                .isEqualTo(new PixelQuality(Float.NaN, Float.NaN, 1f, Float.NaN, Float.NaN));
    }

    @Test
    void looksAtTheFirstPlaneOnly() {
        float[] two = Arrays.copyOf(ramp(), 2 * PIXELS);
        Arrays.fill(two, PIXELS, 2 * PIXELS, 7e6f);
        assertThat(PixelQuality.measure(Stamp.of(2, SIDE, SIDE, two))).isEqualTo(measure(ramp()));
    }

    @Test
    void aMeterMeasuresOneStampAfterAnother() {
        float[] both = Arrays.copyOf(ramp(), 2 * PIXELS);
        QualityMeter meter = new QualityMeter(SIDE, SIDE);
        assertThat(meter.measure(both, PIXELS).maskedFraction()).isEqualTo(1f);
        assertThat(meter.measure(both, 0)).isEqualTo(measure(ramp()));
    }

    @Test
    void measuresStampsTooSmallForAWindow() {
        PixelQuality quality = PixelQuality.measure(Stamp.of(1, 1, 3, new float[] {1, 9, 2}));
        assertThat(quality.median()).isEqualTo(2f);
        // p25 and p75 are 1.5 and 5.5, so 2 sigmaG = 5.93 and the centre pixel is 7 above the median.
        assertThat(quality.centroidOffsetPixels()).isZero();
    }
}
