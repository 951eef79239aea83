package dev.stampede.training.network;

import java.util.Arrays;

/**
 * Sums by channel over the stamps of a batch. Within {@value #STAMPS} stamps each value of a stamp has a sum of its own
 * in single precision; those are then added up in double, so that large batches lose no digits.
 */
final class ChannelSums {
    private static final int STAMPS = 32;

    private final float[] partial;
    private final double[] sums;
    private int stamps;

    /** Of nothing yet; stamps have {@code length} values, equally many of each channel, one channel after the other. */
    ChannelSums(int channels, int length) {
        partial = new float[length];
        sums = new double[channels];
    }

    /** Where the values of the next stamp are to be added, each in its place; then comes {@link #next()}. */
    float[] partial() {
        return partial;
    }

    /** Says that one stamp more has been added. */
    void next() {
        stamps++;
        if (stamps == STAMPS) {
            flush();
        }
    }

    /** The sum of all values of {@code channel}. */
    double of(int channel) {
        flush();
        return sums[channel];
    }

    private void flush() {
        if (stamps > 0) {
            int plane = partial.length / sums.length;
            for (int channel = 0; channel < sums.length; channel++) {
                double sum = 0;
                for (int i = channel * plane; i < (channel + 1) * plane; i++) {
                    sum += partial[i];
                }
                sums[channel] += sum;
            }
            Arrays.fill(partial, 0);
            stamps = 0;
        }
    }
}
