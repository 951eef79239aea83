package dev.stampede.training.network.layer;

import java.util.Arrays;

/**
 * Mean and variance of each channel: those of a batch, or the running averages for inference. Sums are relative to the
 * first stamp, so that a large mean does not reduce the precision.
 */
final class BatchStatistics {
    private final float[] means;
    private final float[] variances;

    private BatchStatistics(float[] means, float[] variances) {
        this.means = means;
        this.variances = variances;
    }

    /** The running averages by channel. */
    static BatchStatistics running(float[] means, float[] variances) {
        return new BatchStatistics(means.clone(), variances.clone());
    }

    /** The statistics of a batch, with the biased variance. */
    static BatchStatistics of(HeapRows values, int channels) {
        int plane = values.length() / channels;
        float[] row = new float[values.length()];
        values.read(0, row);
        float[] pivots = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            pivots[channel] = mean(row, channel * plane, plane);
        }
        float[] pivot = spread(pivots, plane);
        ChannelSums sums = new ChannelSums(channels, row.length);
        ChannelSums squares = new ChannelSums(channels, row.length);
        for (int stamp = 0; stamp < values.count(); stamp++) {
            values.read(stamp, row);
            VectorLoops.addMoments(row, pivot, sums.partial(), squares.partial());
            sums.next();
            squares.next();
        }
        double count = (double) values.count() * plane;
        float[] means = new float[channels];
        float[] variances = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            double distance = sums.of(channel) / count;
            means[channel] = (float) (pivots[channel] + distance);
            variances[channel] = (float) Math.max(0, squares.of(channel) / count - distance * distance);
        }
        return new BatchStatistics(means, variances);
    }

    private static float mean(float[] row, int start, int plane) {
        double sum = 0;
        for (int i = start; i < start + plane; i++) {
            sum += row[i];
        }
        return (float) (sum / plane);
    }

    /** Repeats the value of each channel for its {@code plane} pixels. */
    static float[] spread(float[] byChannel, int plane) {
        float[] spread = new float[byChannel.length * plane];
        for (int channel = 0; channel < byChannel.length; channel++) {
            Arrays.fill(spread, channel * plane, (channel + 1) * plane, byChannel[channel]);
        }
        return spread;
    }

    float mean(int channel) {
        return means[channel];
    }

    float variance(int channel) {
        return variances[channel];
    }

    int channels() {
        return means.length;
    }
}
