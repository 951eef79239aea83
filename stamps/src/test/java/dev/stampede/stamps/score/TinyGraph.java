package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.FeatureInput;
import java.util.Map;

/**
 * The smallest ONNX graph that judges stamps: flatten, one dense layer, softmax. Field numbers are those of
 * {@code onnx.proto} (IR version 8, operator set 17).
 */
final class TinyGraph {
    private static final String OUTPUT = "probabilities";
    static final int FLOAT = 1;
    static final int FLOAT16 = 10;

    private final String input;
    private final int planes;
    private final int size;
    private final float[] weights;
    private final float bias;
    /** The width of the second input; 0 without one. */
    private int features;

    /**
     * A graph over stamps of {@code planes x size x size} pixels.
     *
     * @param input name of the input tensor
     * @param weights weight of each pixel in the logit of class 1; class 0 has the logit 0
     * @param bias added to the logit of class 1
     */
    TinyGraph(String input, int planes, int size, float[] weights, float bias) {
        this.input = input;
        this.planes = planes;
        this.size = size;
        this.weights = weights;
        this.bias = bias;
    }

    /** A second input of {@code width} numbers: the first half of them is added to the logit of class 1. */
    TinyGraph withFeatures(int width) {
        features = width;
        return this;
    }

    byte[] toOnnx(Map<String, String> metadata) {
        ProtoMessage model = new ProtoMessage()
                .number(1, 8)
                .text(2, "stampede-tests")
                .message(7, graph())
                .message(8, new ProtoMessage().text(1, "").number(2, 17));
        metadata.forEach((key, value) ->
                model.message(14, new ProtoMessage().text(1, key).text(2, value)));
        return model.toBytes();
    }

    private ProtoMessage graph() {
        ProtoMessage graph = new ProtoMessage()
                .message(1, node("Flatten", "flat", input))
                .message(1, node("Gemm", "logits", "flat", "weights", "bias"));
        if (features > 0) {
            graph.message(1, node("MatMul", "known", FeatureInput.INPUT, "feature_weights"))
                    .message(1, node("Add", "sum", "logits", "known"));
        }
        graph.message(1, node("Softmax", OUTPUT, features > 0 ? "sum" : "logits"))
                .text(2, "tiny")
                .message(5, tensor("weights", denseWeights(), weights.length, 2))
                .message(5, tensor("bias", new float[] {0, bias}, 2));
        if (features > 0) {
            graph.message(5, tensor("feature_weights", featureWeights(), features, 2));
        }
        graph.message(11, value(input, planes, size, size));
        if (features > 0) {
            graph.message(11, value(FeatureInput.INPUT, features));
        }
        return graph.message(12, value(OUTPUT, 2));
    }

    private float[] featureWeights() {
        float[] dense = new float[features * 2];
        for (int value = 0; value < features / 2; value++) {
            dense[2 * value + 1] = 1;
        }
        return dense;
    }

    /** [pixel, class], as Gemm takes them. */
    private float[] denseWeights() {
        float[] dense = new float[weights.length * 2];
        for (int pixel = 0; pixel < weights.length; pixel++) {
            dense[2 * pixel + 1] = weights[pixel];
        }
        return dense;
    }

    static ProtoMessage node(String operator, String output, String... inputs) {
        ProtoMessage node = new ProtoMessage();
        for (String each : inputs) {
            node.text(1, each);
        }
        return node.text(2, output).text(3, operator).text(4, operator);
    }

    static ProtoMessage tensor(String name, float[] values, int... dimensions) {
        return tensor(FLOAT, name, dimensions).floats(9, values);
    }

    static ProtoMessage halfTensor(String name, float[] values, int... dimensions) {
        return tensor(FLOAT16, name, dimensions).halves(9, values);
    }

    private static ProtoMessage tensor(int type, String name, int... dimensions) {
        ProtoMessage tensor = new ProtoMessage();
        for (int dimension : dimensions) {
            tensor.number(1, dimension);
        }
        return tensor.number(2, type).text(8, name);
    }

    /** A float32 tensor whose first dimension is open. */
    private static ProtoMessage value(String name, int... dimensions) {
        ProtoMessage shape = new ProtoMessage().message(1, new ProtoMessage().text(2, "N"));
        for (int dimension : dimensions) {
            shape.message(1, new ProtoMessage().number(1, dimension));
        }
        ProtoMessage tensorType = new ProtoMessage().number(1, FLOAT).message(2, shape);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensorType));
    }
}
