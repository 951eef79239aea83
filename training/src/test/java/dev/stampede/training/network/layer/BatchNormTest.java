package dev.stampede.training.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Against the textbook's sums in double precision, on batches that the loops take in several parts. */
class BatchNormTest {
    private static final int STAMPS = 70;
    private static final int CHANNELS = 3;
    private static final int PLANE = 5;
    private static final double EPSILON = 1e-3;
    private static final float[] GAMMA = {1.5f, -0.5f, 2};
    private static final float[] BETA = {0.1f, 0.2f, -0.3f};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theStatisticsKeepTheirPrecisionForLargeMeans(long seed) {
        INDArray values = gaussians(seed).addi(1000);
        BatchStatistics found = BatchStatistics.of(HeapRows.of(values), CHANNELS);
        for (int channel = 0; channel < CHANNELS; channel++) {
            double[] all = channel(values, channel);
            double mean = Arrays.stream(all).average().orElseThrow();
            double variance = Arrays.stream(all)
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElseThrow();
            assertThat((double) found.mean(channel)).isCloseTo(mean, offset(1e-4));
            assertThat((double) found.variance(channel)).isCloseTo(variance, offset(1e-5 * variance));
        }
    }

    @ParameterizedTest(name = "rectified {0}")
    @ValueSource(booleans = {false, true})
    void theGradientAgreesWithFiniteDifferences(boolean withRelu) {
        INDArray values = gaussians(4);
        INDArray gradient = gaussians(5);
        HeapRows result = HeapRows.into(Nd4j.create(values.shape()));
        float[] gammas = new float[CHANNELS];
        float[] betas = new float[CHANNELS];
        normalisation(values, withRelu).backward(HeapRows.of(values), HeapRows.of(gradient), result, gammas, betas);
        float[] row = new float[CHANNELS * PLANE];
        for (int stamp : new int[] {0, 31, 32, 69}) {
            result.read(stamp, row);
            for (int i = 0; i < row.length; i++) {
                double expected = slope(values, gradient, withRelu, stamp * row.length + i);
                assertThat((double) row[i]).isCloseTo(expected, offset(1e-5 * (1 + Math.abs(expected))));
            }
        }
    }

    @Test
    void inferenceWithTheStatisticsOfABatchGivesItsOutput() {
        INDArray values = gaussians(6);
        BatchStatistics batch = BatchStatistics.of(HeapRows.of(values), CHANNELS);
        float[] means = new float[CHANNELS];
        float[] variances = new float[CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            means[channel] = batch.mean(channel);
            variances[channel] = batch.variance(channel);
        }
        INDArray kept = Nd4j.create(values.shape());
        new BatchNorm(BatchStatistics.running(means, variances), EPSILON, GAMMA, BETA, true, PLANE)
                .apply(HeapRows.of(values), HeapRows.into(kept));
        INDArray fitted = Nd4j.create(values.shape());
        normalisation(values, true).apply(HeapRows.of(values), HeapRows.into(fitted));
        assertThat(kept).isEqualTo(fitted);
        assertThat(kept.minNumber().floatValue()).isZero();
    }

    private static BatchNorm normalisation(INDArray values, boolean withRelu) {
        return new BatchNorm(BatchStatistics.of(HeapRows.of(values), CHANNELS), EPSILON, GAMMA, BETA, withRelu, PLANE);
    }

    /** How the sum of all results times {@code gradient} rises with one value. */
    private static double slope(INDArray values, INDArray gradient, boolean withRelu, int place) {
        double step = 1e-6;
        double[] at = values.data().asDouble();
        at[place] += step;
        double above = loss(at, gradient.data().asDouble(), withRelu);
        at[place] -= 2 * step;
        return (above - loss(at, gradient.data().asDouble(), withRelu)) / (2 * step);
    }

    private static double loss(double[] values, double[] gradient, boolean withRelu) {
        double loss = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            double[] all = channel(values, channel);
            double[] weights = channel(gradient, channel);
            double mean = Arrays.stream(all).average().orElseThrow();
            double variance = Arrays.stream(all)
                    .map(x -> (x - mean) * (x - mean))
                    .average()
                    .orElseThrow();
            for (int i = 0; i < all.length; i++) {
                double y = (all[i] - mean) / Math.sqrt(variance + EPSILON) * GAMMA[channel] + BETA[channel];
                loss += weights[i] * (withRelu ? Math.max(0, y) : y);
            }
        }
        return loss;
    }

    private static double[] channel(INDArray values, int channel) {
        return channel(values.data().asDouble(), channel);
    }

    private static double[] channel(double[] values, int channel) {
        double[] all = new double[STAMPS * PLANE];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[(i / PLANE * CHANNELS + channel) * PLANE + i % PLANE];
        }
        return all;
    }

    private static INDArray gaussians(long seed) {
        Random random = new Random(seed);
        float[] values = new float[STAMPS * CHANNELS * PLANE];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return Nd4j.create(values, new long[] {STAMPS, CHANNELS, 1, PLANE}, 'c');
    }
}
