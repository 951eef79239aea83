package dev.stampede.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.training.dataset.StampShape;
import java.util.Random;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterEach;
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

    @AfterEach
    void backToSinglePrecision() {
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Network.class)
    void isWhatFiniteDifferencesSay(Network network) {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
        ComputationGraph graph = withoutDropout(network.create(SHAPE, new NoOp(), 7, DataType.DOUBLE));
        boolean right = GradientCheckUtil.checkGradients(new GraphConfig()
                .net(graph)
                .inputs(new INDArray[] {stamps(DataType.DOUBLE)})
                .labels(new INDArray[] {labels(DataType.DOUBLE)})
                .epsilon(1e-6)
                .maxRelError(1e-4)
                .minAbsoluteError(1e-8)
                .subset(true)
                .maxPerParam(16));
        assertThat(right).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Network.class)
    void isTheSameWithTheFastLayers(Network network) {
        ComputationGraph exact = withoutDropout(network.create(SHAPE, new NoOp(), 7, DataType.DOUBLE));
        ComputationGraph fast = withoutDropout(network.create(SHAPE, new NoOp(), 7));
        fast.setParams(exact.params().castTo(DataType.FLOAT).reshape(fast.params().shape()));
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
        return graph.gradient().gradient().dup();
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
