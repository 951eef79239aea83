package dev.stampede.stamps.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrajectoryCoadderTest {
    private static final int WIDTH = 5;
    private static final int HEIGHT = 3;
    /** One column a day. */
    private static final Trajectory PATH = new Trajectory(1, 1, new Velocity(1, 0));

    private static ImageStack stack(double[] sigma, float[]... images) {
        List<ExposureImage> exposures = new ArrayList<>();
        for (int t = 0; t < images.length; t++) {
            exposures.add(new ExposureImage(t, sigma[t], 1, images[t]));
        }
        return new ImageStack(WIDTH, HEIGHT, exposures);
    }

    private static float[] image(float... middleRow) {
        float[] pixels = new float[WIDTH * HEIGHT];
        System.arraycopy(middleRow, 0, pixels, WIDTH, WIDTH);
        return pixels;
    }

    private static Stamp coadd(ImageStack stack, long exposures) {
        return new TrajectoryCoadder(stack, Plane.COADDS, 3).coadd(new Detection(PATH, 9, 1, exposures));
    }

    private static List<Float> middleRow(Stamp stamp, Plane plane) {
        int index = Plane.COADDS.indexOf(plane);
        return List.of(stamp.pixel(index, 1, 0), stamp.pixel(index, 1, 1), stamp.pixel(index, 1, 2));
    }

    @Test
    void combinesTheGoodPixelsOfThreeExposures() {
        // Centres at columns 1, 2 and 3; the pixels below each other are (1, 2, 4), (3, masked, 8) and (5, masked,
        // masked).
        ImageStack stack = stack(
                new double[] {1, 2, 1},
                image(1, 3, 5, 0, 0),
                image(7, 2, Float.NaN, 0, 7),
                image(7, 7, 4, 8, Float.NaN));

        Stamp stamp = coadd(stack, 0b111);

        assertThat(middleRow(stamp, Plane.MEDIAN)).containsExactly(2f, 3f, 5f); // of 3 and 8 the lower one
        assertThat(middleRow(stamp, Plane.SUM)).containsExactly(7f, 11f, 5f);
        assertThat(middleRow(stamp, Plane.MEAN)).containsExactly((float) (7.0 / 3), 5.5f, 5f);
        // (1 + 2 / 4 + 4) / (1 + 1 / 4 + 1)
        assertThat(middleRow(stamp, Plane.WEIGHTED)).containsExactly((float) (5.5 / 2.25), 5.5f, 5f);
        for (int plane = 0; plane < 4; plane++) { // no good pixel at all
            assertThat(stamp.pixel(plane, 0, 0)).isZero();
        }
    }

    @Test
    void leavesOutTheExposuresThatTheSearchDropped() {
        ImageStack stack =
                stack(new double[] {1, 1, 1}, image(1, 1, 1, 1, 1), image(90, 90, 90, 90, 90), image(3, 3, 3, 3, 3));

        Stamp stamp = coadd(stack, 0b101);

        assertThat(middleRow(stamp, Plane.MEAN)).containsExactly(2f, 2f, 2f);
        assertThat(middleRow(stamp, Plane.MEDIAN)).containsExactly(1f, 1f, 1f);
    }

    @Test
    void masksWhatLiesOutsideOfTheImages() {
        ImageStack stack =
                stack(new double[] {1, 1, 1}, image(1, 1, 1, 1, 1), image(2, 2, 2, 2, 2), image(4, 4, 4, 4, 4));
        Detection leaving = new Detection(new Trajectory(3, 1, new Velocity(1, 0)), 9, 1, 0b111);

        Stamp stamp = new TrajectoryCoadder(stack, List.of(Plane.SUM), 3).coadd(leaving);

        assertThat(stamp.pixel(0, 1, 0)).isEqualTo(7); // columns 2, 3 and 4
        assertThat(stamp.pixel(0, 1, 1)).isEqualTo(3); // columns 3, 4 and outside
        assertThat(stamp.pixel(0, 1, 2)).isEqualTo(1);
    }
}
