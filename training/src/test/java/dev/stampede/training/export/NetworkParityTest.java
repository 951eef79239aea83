package dev.stampede.training.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.Evidence;
import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.Preprocessing;
import dev.stampede.stamps.contract.ScaledFeature;
import dev.stampede.stamps.contract.ScaledFeature.Transform;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import dev.stampede.training.dataset.StampShape;
import dev.stampede.training.network.Network;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Every network with random weights, biases and running statistics, compared with its export in ONNX Runtime. */
@Tag("slow")
class NetworkParityTest {
    private static final StampShape SHAPE = new StampShape(2, 21);
    private static final FeatureInput FEATURES = FeatureInput.of(List.of(
            new ScaledFeature(CandidateFeature.SPEED, Transform.LINEAR, 0, 1),
            new ScaledFeature(CandidateFeature.LIKELIHOOD, Transform.LOG10, 0, 1)));

    @ParameterizedTest(name = "{0}")
    @EnumSource(Network.class)
    void theExportHasTheProbabilitiesOfTheNetwork(Network network) throws OrtException {
        int count = network == Network.RESNET50 ? 16 : 200;
        ComputationGraph graph = network.create(SHAPE, 2, new NoOp(), 5);
        disturb(graph, new Random(6));
        float[] pixels = gaussians(new Random(7), count * SHAPE.pixels());
        INDArray stamps = Nd4j.create(pixels, new long[] {count, SHAPE.planes(), SHAPE.size(), SHAPE.size()}, 'c');
        // Spread about one half: a network that is sure of everything agrees with its wrong copies.
        double mean = Arrays.stream(logOdds(graph.outputSingle(false, stamps)))
                .average()
                .orElseThrow();
        INDArray bias = graph.getParam(Network.OUTPUT + "_b");
        bias.putScalar(1, bias.getDouble(1) - mean);
        double[] logOdds = logOdds(graph.outputSingle(false, stamps));
        double temperature = 3 * deviation(logOdds);
        double[] expected = Arrays.stream(logOdds)
                .map(x -> 1 / (1 + Math.exp(-x / temperature)))
                .toArray();
        assertThat(deviation(expected)).isGreaterThan(0.05);
        double[] found = run(
                OnnxExport.of(
                        graph, contract(network, SHAPE, FeatureInput.NONE, ModelContract.TWO_CLASSES, temperature)),
                pixels,
                count);
        for (int i = 0; i < count; i++) {
            assertThat(Math.abs(found[i] - expected[i])).isLessThan(ModelExport.TOLERANCE);
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Network.class)
    void theExportAgreesForLargerStampsMorePlanesFeaturesAndMoreClasses(Network network) throws OrtException {
        StampShape shape = new StampShape(4, 25);
        int count = network == Network.RESNET50 ? 4 : 50;
        ComputationGraph graph = network.create(shape, FEATURES.width(), 3, new NoOp(), List.of(), 5);
        disturb(graph, new Random(6));
        float[] pixels = gaussians(new Random(7), count * shape.pixels());
        float[] values = gaussians(new Random(8), count * FEATURES.width());
        INDArray stamps = Nd4j.create(pixels, new long[] {count, shape.planes(), shape.size(), shape.size()}, 'c');
        INDArray features = Nd4j.create(values, new long[] {count, FEATURES.width()}, 'c');
        INDArray expected = graph.outputSingle(false, stamps, features);
        assertThat(graph.outputSingle(false, stamps, features.mul(2))).isNotEqualTo(expected);
        ModelContract contract = contract(network, shape, FEATURES, List.of("bogus", "streak", ModelContract.REAL), 1);
        float[][] found = probabilities(OnnxExport.of(graph, contract), shape, pixels, values, count);
        for (int i = 0; i < count; i++) {
            for (int place = 0; place < 3; place++) {
                assertThat(Math.abs(found[i][place] - expected.getFloat(i, place)))
                        .isLessThan((float) ModelExport.TOLERANCE);
            }
        }
    }

    /** Initial biases are 0, means 0 and variances 1, with which many wrong exports would agree. */
    private static void disturb(ComputationGraph graph, Random random) {
        graph.paramTable().forEach((name, part) -> {
            if (!name.endsWith("_W")) {
                float[] noise = gaussians(random, (int) part.length());
                part.addi(Nd4j.create(noise, part.shape(), 'c').mul(name.endsWith("_var") ? 0.05 : 0.2));
            }
        });
    }

    private static float[] gaussians(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double[] logOdds(INDArray probabilities) {
        double[] values = probabilities.dup('c').data().asDouble();
        double[] logOdds = new double[values.length / 2];
        Arrays.setAll(logOdds, i -> Math.log(values[2 * i + 1]) - Math.log(values[2 * i]));
        assertThat(Arrays.stream(logOdds).allMatch(Double::isFinite)).isTrue();
        return logOdds;
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }

    private static double[] run(byte[] model, float[] pixels, int count) throws OrtException {
        return Arrays.stream(probabilities(model, SHAPE, pixels, new float[0], count))
                .mapToDouble(both -> both[1])
                .toArray();
    }

    /** @param values of the features; none for a network of stamps alone */
    private static float[][] probabilities(
            byte[] model, StampShape stampShape, float[] pixels, float[] values, int count) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {count, stampShape.planes(), stampShape.size(), stampShape.size()};
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(model, options)) {
            inputs.put(ModelContract.INPUT, OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), shape));
            if (values.length > 0) {
                long[] width = {count, values.length / count};
                inputs.put(FeatureInput.INPUT, OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), width));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                return (float[][]) result.get(0).getValue();
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static ModelContract contract(
            Network network, StampShape shape, FeatureInput features, List<String> classes, double temperature) {
        Stamp stamp = Stamp.of(shape.planes(), shape.size(), shape.size(), new float[shape.pixels()]);
        return new ModelContract(
                new ModelContract.Identity("m", "1", network.networkName()),
                new ModelContract.Input(List.of(Plane.values()).subList(0, shape.planes()), shape.size(), features),
                Preprocessing.of(Recipe.ASINH_SNR),
                new ModelContract.Output(classes, 0.5f, temperature),
                Domain.ofTraining(OptionalDouble.empty()),
                Evidence.ofTraining("0".repeat(64), Map.of("accuracy", 0.9), List.of(new GoldenStamp(stamp, 0.5f))));
    }
}
