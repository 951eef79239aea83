package dev.stampede.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.stampede.training.dataset.StampShape;
import dev.stampede.training.network.layer.OneDnn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * oneDNN has single precision only, in which finite differences are noise. The network in double precision is compared
 * with finite differences, and the fast network in single precision with the one in double precision.
 */
@Tag("slow")
class GradientTest {
    private static final StampShape SHAPE = new StampShape(1, 21);
    private static final StampShape SMALL = new StampShape(1, 11);
    private static final int BATCH = 8;

    /** Small enough that hardly any ReLU changes sign; the rounding error of the loss is 1e-16 / STEP. */
    private static final double STEP = 1e-7;

    /** The networks with fewer filters and blocks: the same kinds of layers in less time. */
    private static Stream<Named<Architecture>> architectures() {
        return Stream.of(
                Named.of("vgg6", new Vgg6()),
                Named.of("simple", new Simple(5, false)),
                Named.of("simple-bn", new Simple(5, true)),
                Named.of("resnet14", new BasicResnet(5, 2, 2, 3)),
                Named.of("resnet56", new BasicResnet(3, 1, 2, 2)));
    }

    /** Its layers are those of the others, but for the bottleneck. */
    @Test
    @Tag("system")
    void resnet50AgreesWithFiniteDifferences() {
        requireFiniteDifferences(new Resnet50(2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("architectures")
    void agreesWithFiniteDifferences(Architecture architecture) {
        requireFiniteDifferences(architecture);
    }

    private static void requireFiniteDifferences(Architecture architecture) {
        StampShape shape = architecture instanceof BasicResnet ? SMALL : SHAPE;
        ComputationGraph graph =
                withoutDropout(Network.create(architecture, shape, 2, new NoOp(), List.of(), 7, DataType.DOUBLE));
        Map<String, INDArray> gradients = new LinkedHashMap<>();
        gradient(graph, shape, DataType.DOUBLE);
        graph.gradient().gradientForVariable().forEach((name, part) -> gradients.put(name, part.div(BATCH)));
        DataSet batch = new DataSet(stamps(shape, DataType.DOUBLE), labels(DataType.DOUBLE));
        Random random = new Random(3);
        // A random direction within the parameters of one layer tests all their entries at once.
        parametersByLayer(graph).forEach((layer, parameters) -> {
            Map<String, INDArray> directions = new LinkedHashMap<>();
            double expected = 0;
            for (String name : parameters) {
                INDArray direction = gaussians(random, graph.getParam(name).shape());
                direction.divi(direction.norm2Number());
                directions.put(name, direction);
                expected += Objects.requireNonNull(gradients.get(name), name)
                        .mul(direction)
                        .sumNumber()
                        .doubleValue();
            }
            double found = slope(graph, batch, directions);
            assertThat(found).as(layer).isCloseTo(expected, offset(1e-4 * Math.abs(expected) + 2e-6));
        });
    }

    /** The parameters that gradient descent fits; running statistics are fitted by averaging. */
    private static Map<String, List<String>> parametersByLayer(ComputationGraph graph) {
        Map<String, List<String>> layers = new LinkedHashMap<>();
        graph.paramTable().keySet().forEach(name -> {
            if (!name.endsWith("_mean") && !name.endsWith("_var")) {
                String layer = name.substring(0, name.lastIndexOf('_'));
                layers.computeIfAbsent(layer, any -> new ArrayList<>()).add(name);
            }
        });
        return layers;
    }

    /** The rise of the loss along {@code directions} of parameters by name. */
    private static double slope(ComputationGraph graph, DataSet batch, Map<String, INDArray> directions) {
        INDArray start = graph.params().dup();
        directions.forEach((name, direction) -> graph.getParam(name).addi(direction.mul(STEP)));
        double above = graph.score(batch, true);
        graph.params().assign(start);
        directions.forEach((name, direction) -> graph.getParam(name).subi(direction.mul(STEP)));
        double below = graph.score(batch, true);
        graph.params().assign(start);
        return (above - below) / (2 * STEP);
    }

    private static INDArray gaussians(Random random, long... shape) {
        double[] values = new double[(int) Arrays.stream(shape).reduce(1, (one, other) -> one * other)];
        Arrays.setAll(values, i -> random.nextGaussian());
        return Nd4j.create(values, shape, 'c');
    }

    /** The real networks; resnet50 with an eighth of its filters, because its size only costs time. */
    private static Stream<Named<Architecture>> networks() {
        return Stream.of(
                Named.of("vgg6", new Vgg6()),
                Named.of("simple", new Simple(30, false)),
                Named.of("simple-bn", new Simple(30, true)),
                Named.of("resnet14", BasicResnet.of14()),
                Named.of("resnet56", BasicResnet.of56()),
                Named.of("resnet50", new Resnet50(8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void agreesBetweenFastAndPlainLayers(Architecture architecture) {
        OneDnn.load();
        ComputationGraph exact = create(architecture, DataType.DOUBLE);
        INDArray expected = gradient(exact, SHAPE, DataType.DOUBLE);
        ComputationGraph graph = create(architecture, DataType.FLOAT);
        double fast = error(graph, exact.params(), expected);
        double slow = error(withoutFastLayers(architecture), exact.params(), expected);
        // Single precision is 6e-8; sums over some thousand terms lose a few digits, and in deeper networks more ReLUs
        // change sign. The plain layers in single precision show the unavoidable error; wrong layers are off by 0.1.
        assertThat(fast).isLessThan(Math.max(1e-4, 3 * slow)).isLessThan(0.05);
    }

    private static ComputationGraph create(Architecture architecture, DataType type) {
        return withoutDropout(Network.create(architecture, SHAPE, 2, new NoOp(), List.of(), 7, type));
    }

    private static ComputationGraph withoutFastLayers(Architecture architecture) {
        System.setProperty("stampede.onednn", "false");
        try {
            return create(architecture, DataType.FLOAT);
        } finally {
            System.clearProperty("stampede.onednn");
        }
    }

    private static double error(ComputationGraph single, INDArray parameters, INDArray expected) {
        single.setParams(
                parameters.castTo(DataType.FLOAT).reshape(single.params().shape()));
        INDArray found = gradient(single, SHAPE, DataType.FLOAT).castTo(DataType.DOUBLE);
        return found.sub(expected).norm2Number().doubleValue()
                / expected.norm2Number().doubleValue();
    }

    private static INDArray gradient(ComputationGraph graph, StampShape shape, DataType type) {
        graph.setInputs(stamps(shape, type));
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

    private static INDArray stamps(StampShape shape, DataType type) {
        Random random = new Random(1);
        double[] values = random.doubles((long) BATCH * shape.pixels(), -1, 1).toArray();
        return Nd4j.create(values, new long[] {BATCH, shape.planes(), shape.size(), shape.size()}, 'c')
                .castTo(type);
    }

    private static INDArray labels(DataType type) {
        double[][] labels = new double[BATCH][2];
        for (int i = 0; i < BATCH; i++) {
            labels[i][i % 2] = 1;
        }
        return Nd4j.create(labels).castTo(type);
    }
}
