package dev.stampede.training.network.layer;

import java.util.Arrays;

/**
 * Sums by channel over a batch. Each value is summed in single precision over {@value #STAMPS} stamps, then in double
 * precision, so that large batches keep their precision.
 */
final class ChannelSums {
    private static final int STAMPS = 32;

    private final float[] partial;
    private final double[] sums;
    private int stamps;

    /** Zero sums; a stamp has {@code length} values in channel order. */
    ChannelSums(int channels, int length) {
        partial = new float[length];
        sums = new double[channels];
    }

    /** The array to which the caller adds the values of a stamp before it calls {@link #next()}. */
    float[] partial() {
        return partial;
    }

    /** One more stamp was added. */
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
