package dev.stampede.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.stampede.training.dataset.StampShape;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * oneDNN computes in single precision only, where finite differences are noise; so the double network is held against
 * finite differences, and the fast single one against the double one.
 */
class GradientTest {
    private static final StampShape SHAPE = new StampShape(1, 21);
    private static final int BATCH = 8;

    /** So short that hardly a unit crosses the kink of its rectifier; rounding of the loss errs by 1e-16 / STEP. */
    private static final double STEP = 1e-7;

    @ParameterizedTest(name = "{0}")
    @EnumSource(Network.class)
    void isWhatFiniteDifferencesSay(Network network) {
        ComputationGraph graph = withoutDropout(network.create(SHAPE, new NoOp(), 7, DataType.DOUBLE));
        INDArray gradient = gradient(graph, DataType.DOUBLE);
        INDArray start = graph.params().dup();
        Map<String, INDArray> parts = graph.paramTable();
        Random random = new Random(3);
        for (String name : parts.keySet()) {
            if (isRunningStatistic(name)) {
                continue; // fitted by averaging, not by descent
            }
            // A random direction within one parameter array tests all its entries at once.
            graph.setParams(start.mul(0));
            parts.get(name).assign(gaussians(random, parts.get(name).shape()));
            INDArray direction = graph.params().div(graph.params().norm2Number());
            double expected = gradient.mul(direction).sumNumber().doubleValue();
            double found =
                    (lossAt(graph, start.add(direction.mul(STEP))) - lossAt(graph, start.sub(direction.mul(STEP))))
                            / (2 * STEP);
            assertThat(found).as(name).isCloseTo(expected, offset(1e-4 * Math.abs(expected) + 1e-8));
        }
    }

    private static boolean isRunningStatistic(String name) {
        return name.endsWith("_mean") || name.endsWith("_var");
    }

    private static double lossAt(ComputationGraph graph, INDArray parameters) {
        graph.setParams(parameters);
        graph.computeGradientAndScore();
        return graph.score();
    }

    private static INDArray gaussians(Random random, long... shape) {
        double[] values = new double[(int) Arrays.stream(shape).reduce(1, (one, other) -> one * other)];
        Arrays.setAll(values, i -> random.nextGaussian());
        return Nd4j.create(values, shape, 'c');
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Network.class)
    void isTheSameWithTheFastLayers(Network network) {
        ComputationGraph exact = withoutDropout(network.create(SHAPE, new NoOp(), 7, DataType.DOUBLE));
        ComputationGraph fast = withoutDropout(network.create(SHAPE, new NoOp(), 7));
        fast.setParams(
                exact.params().castTo(DataType.FLOAT).reshape(fast.params().shape()));
        INDArray expected = gradient(exact, DataType.DOUBLE);
        INDArray found = gradient(fast, DataType.FLOAT).castTo(DataType.DOUBLE);
        double error = found.sub(expected).norm2Number().doubleValue()
                / expected.norm2Number().doubleValue();
        // Single precision keeps 6e-8; sums over some thousand terms lose a few digits. Wrong ones are off by 0.1.
        assertThat(error).isLessThan(1e-4);
    }

    private static INDArray gradient(ComputationGraph graph, DataType type) {
        graph.setInputs(stamps(type));
        graph.setLabels(labels(type));
        graph.computeGradientAndScore();
        // Deeplearning4j sums over the batch and divides when it updates; its score is the mean.
        return graph.gradient().gradient().div(BATCH);
    }

    private static ComputationGraph withoutDropout(ComputationGraph graph) {
        for (Layer layer : graph.getLayers()) {
            layer.conf().getLayer().setIDropout(null);
        }
        return graph;
    }

    private static INDArray stamps(DataType type) {
        Random random = new Random(1);
        double[] values = random.doubles((long) BATCH * SHAPE.pixels(), -1, 1).toArray();
        return Nd4j.create(values, new long[] {BATCH, SHAPE.channels(), SHAPE.size(), SHAPE.size()}, 'c')
                .castTo(type);
    }

    private static INDArray labels(DataType type) {
        double[][] labels = new double[BATCH][Network.CLASSES];
        for (int i = 0; i < BATCH; i++) {
            labels[i][i % 2] = 1;
        }
        return Nd4j.create(labels).castTo(type);
    }
}
