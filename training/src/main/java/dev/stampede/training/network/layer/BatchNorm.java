package dev.stampede.training.network.layer;

/**
 * Batch normalisation (Ioffe and Szegedy 2015), optionally followed by ReLU in the same pass over memory: y = (x - mean) /
 * sqrt(variance + epsilon) gamma + beta.
 */
final class BatchNorm {
    private final BatchStatistics statistics;
    private final boolean hasRelu;
    private final double[] deviations;
    /** One entry per value of a stamp, as for scale and shift. */
    private final float[] mean;

    private final float[] scale;
    private final float[] shift;

    BatchNorm(BatchStatistics statistics, double epsilon, float[] gamma, float[] beta, boolean hasRelu, int plane) {
        this.statistics = statistics;
        this.hasRelu = hasRelu;
        int channels = gamma.length;
        deviations = new double[channels];
        float[] means = new float[channels];
        float[] scales = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            means[channel] = statistics.mean(channel);
            deviations[channel] = Math.sqrt(statistics.variance(channel) + epsilon);
            scales[channel] = (float) (gamma[channel] / deviations[channel]);
        }
        mean = BatchStatistics.spread(means, plane);
        scale = BatchStatistics.spread(scales, plane);
        shift = BatchStatistics.spread(beta, plane);
    }

    BatchStatistics statistics() {
        return statistics;
    }

    /** Writes y of {@code values} to {@code results}. */
    void apply(HeapRows values, HeapRows results) {
        float[] row = new float[values.length()];
        float[] result = new float[values.length()];
        for (int stamp = 0; stamp < values.count(); stamp++) {
            values.read(stamp, row);
            VectorLoops.normalise(row, mean, scale, shift, result);
            if (hasRelu) {
                VectorLoops.relu(result);
            }
            results.write(stamp, result);
        }
    }

    /**
     * Backpropagation: writes the gradient with respect to {@code values}, whose statistics were used, to {@code results}.
     *
     * @param gradient with respect to y
     * @param gammas receives the gradient with respect to gamma by channel
     * @param betas receives the gradient with respect to beta by channel
     */
    void backward(HeapRows values, HeapRows gradient, HeapRows results, float[] gammas, float[] betas) {
        int channels = gammas.length;
        int plane = values.length() / channels;
        Sums sums = sums(values, gradient, channels);
        double count = (double) values.count() * plane;
        float[] offsets = new float[channels];
        float[] slopes = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            double product = sums.products.of(channel) / deviations[channel];
            gammas[channel] = (float) product;
            betas[channel] = (float) sums.gradients.of(channel);
            offsets[channel] = (float) (sums.gradients.of(channel) / count);
            slopes[channel] = (float) (product / deviations[channel] / count);
        }
        float[] offset = BatchStatistics.spread(offsets, plane);
        float[] slope = BatchStatistics.spread(slopes, plane);
        Row row = new Row(values.length());
        for (int stamp = 0; stamp < values.count(); stamp++) {
            read(values, gradient, stamp, row);
            VectorLoops.denormalise(row.values, mean, scale, offset, slope, row.gradient);
            results.write(stamp, row.gradient);
        }
    }

    private Sums sums(HeapRows values, HeapRows gradient, int channels) {
        Sums sums = new Sums(new ChannelSums(channels, values.length()), new ChannelSums(channels, values.length()));
        Row row = new Row(values.length());
        for (int stamp = 0; stamp < values.count(); stamp++) {
            read(values, gradient, stamp, row);
            VectorLoops.addProducts(row.values, mean, row.gradient, sums.gradients.partial(), sums.products.partial());
            sums.gradients.next();
            sums.products.next();
        }
        return sums;
    }

    /** Reads a stamp and the gradient with respect to the input of the ReLU. */
    private void read(HeapRows values, HeapRows gradient, int stamp, Row row) {
        values.read(stamp, row.values);
        gradient.read(stamp, row.gradient);
        if (hasRelu) {
            VectorLoops.normalise(row.values, mean, scale, shift, row.results);
            VectorLoops.keepWherePositive(row.results, row.gradient);
        }
    }

    private record Sums(ChannelSums gradients, ChannelSums products) {}

    /** Buffers for one stamp. */
    private static final class Row {
        private final float[] values;
        private final float[] gradient;
        private final float[] results;

        Row(int length) {
            values = new float[length];
            gradient = new float[length];
            results = new float[length];
        }
    }
}
