package dev.stampede.stamps.search;

import java.util.Arrays;
import java.util.List;

/**
 * The images that a search adds up: psi, the image over its variance correlated with the point-spread function, and phi, the
 * inverse variance correlated with the square of the function. As the variance of an exposure is one number, phi is one
 * number too, wherever the pixel is good. A masked pixel has a psi of exactly 0.
 *
 * <p>The psi images have margins of zeros as wide as the motion of the fastest trajectory, so that a trajectory shifts the index of
 * each start pixel by the same number and needs no check of edges. One margin between two rows serves both.
 */
final class LikelihoodImages {
    private final ImageStack stack;
    /** The distance of two rows. */
    private final int stride;
    /** The index of the first pixel of an image. */
    private final int origin;

    private final float[][] psi;
    private final double[] phi;

    private LikelihoodImages(ImageStack stack, int stride, int origin, float[][] psi, double[] phi) {
        this.stack = stack;
        this.stride = stride;
        this.origin = origin;
        this.psi = psi;
        this.phi = phi;
    }

    static LikelihoodImages of(ImageStack stack, List<Velocity> velocities) {
        int columns = 0;
        int rows = 0;
        for (Velocity velocity : velocities) {
            columns = Math.max(columns, Math.abs(velocity.columnShift(stack.durationDays())) + 1);
            rows = Math.max(rows, Math.abs(velocity.rowShift(stack.durationDays())) + 1);
        }
        int stride = stack.width() + columns;
        int origin = rows * stride + columns;
        int length = (stack.height() + 2 * rows) * stride + 2 * columns;
        int count = stack.exposures().size();
        float[][] psi = new float[count][length];
        double[] phi = new double[count];
        PsfCorrelation correlation = new PsfCorrelation(stack.width(), stack.height());
        for (int t = 0; t < count; t++) {
            ExposureImage exposure = stack.exposures().get(t);
            double inverseVariance = exposure.inverseVariance();
            phi[t] = inverseVariance * PsfCorrelation.sumOfSquares(exposure.psfSigmaPixels());
            correlation.write(exposure, inverseVariance, psi[t], origin, stride);
        }
        return new LikelihoodImages(stack, stride, origin, psi, phi);
    }

    ImageStack stack() {
        return stack;
    }

    int exposures() {
        return psi.length;
    }

    /** The number of start pixels, margins between rows included. */
    int starts() {
        return stack.height() * stride;
    }

    /** The row of a start. */
    int row(int start) {
        return start / stride;
    }

    /** The column of a start; the width of the image or more in the margin. */
    int column(int start) {
        return start % stride;
    }

    int start(int row, int column) {
        return row * stride + column;
    }

    /** The index of the first start pixel, moved by {@code velocity}, in the psi image of each exposure. */
    int[] shifts(Velocity velocity) {
        int[] shifts = new int[psi.length];
        for (int t = 0; t < shifts.length; t++) {
            double days = stack.exposures().get(t).timeDays();
            shifts[t] = origin + velocity.rowShift(days) * stride + velocity.columnShift(days);
        }
        return shifts;
    }

    /** psi of an exposure at an index; exactly 0 if it is masked or outside of the image. */
    float psi(int exposure, int index) {
        return psi[exposure][index];
    }

    /** phi of a good pixel of an exposure. */
    double phi(int exposure) {
        return phi[exposure];
    }

    /**
     * Sets {@code sums} to the sum of psi over the exposures, for {@code count} starts from {@code start} on. The loop over the
     * starts is innermost and over contiguous floats, so the compiler uses vector instructions; four exposures at once, because
     * the sums are loaded and stored less often.
     */
    void addUp(int[] shifts, int start, int count, float[] sums) {
        int t = 0;
        Arrays.fill(sums, 0, count, 0);
        for (; t + 3 < psi.length; t += 4) {
            addFour(
                    sums,
                    count,
                    psi[t],
                    shifts[t] + start,
                    psi[t + 1],
                    shifts[t + 1] + start,
                    psi[t + 2],
                    shifts[t + 2] + start,
                    psi[t + 3],
                    shifts[t + 3] + start);
        }
        for (; t < psi.length; t++) {
            addOne(sums, count, psi[t], shifts[t] + start);
        }
    }

    private static void addOne(float[] sums, int count, float[] image, int from) {
        for (int i = 0; i < count; i++) {
            sums[i] += image[from + i];
        }
    }

    private static void addFour(
            float[] sums,
            int count,
            float[] one,
            int fromOne,
            float[] two,
            int fromTwo,
            float[] three,
            int fromThree,
            float[] four,
            int fromFour) {
        for (int i = 0; i < count; i++) {
            sums[i] += (one[fromOne + i] + two[fromTwo + i]) + (three[fromThree + i] + four[fromFour + i]);
        }
    }
}
