package dev.stampede.stamps.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PsfCorrelationTest {
    private static final int WIDTH = 17;
    private static final int HEIGHT = 12;

    @Test
    void isTheDirectSumOverGoodPixels() {
        float[] pixels = SearchFixture.noise(WIDTH, 1, 1, 3).get(0);
        float[] image = Arrays.copyOf(pixels, WIDTH * HEIGHT);
        image[0] = Float.NaN;
        image[5 * WIDTH + 6] = Float.NaN;
        image[5 * WIDTH + 7] = 0;
        ExposureImage exposure = new ExposureImage(0, 5, 1.2, image);
        float[] target = new float[2 + HEIGHT * 20];

        new PsfCorrelation(WIDTH, HEIGHT).write(exposure, 0.5, target, 2, 20);

        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                assertThat((double) target[2 + row * 20 + column])
                        .as(row + ", " + column)
                        .isCloseTo(0.5 * direct(exposure, row, column), within(1e-5));
            }
        }
    }

    /** The formula of KBMOD's convolution, which does not spread over masked pixels. */
    private static double direct(ExposureImage exposure, int row, int column) {
        if (exposure.pixel(row * WIDTH + column) == 0) {
            return 0;
        }
        double sum = 0;
        double share = 0;
        for (int r = -4; r <= 4; r++) {
            for (int c = -4; c <= 4; c++) {
                if (row + r < 0 || row + r >= HEIGHT || column + c < 0 || column + c >= WIDTH) {
                    continue;
                }
                float pixel = exposure.pixel((row + r) * WIDTH + column + c);
                if (pixel != 0) {
                    double weight = Math.exp(-(r * r + c * c) / (2 * 1.2 * 1.2));
                    sum += weight * pixel;
                    share += weight;
                }
            }
        }
        return sum / share;
    }
}
