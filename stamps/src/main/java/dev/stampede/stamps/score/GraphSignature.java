package dev.stampede.stamps.score;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.ModelContract;
import java.util.Arrays;
import java.util.Map;

/**
 * The tensors of a graph, as far as the contract leaves them open.
 *
 * @param input the type of the input, float32 or float16
 * @param features the type of the input of features; that of {@code input} without one
 * @param output the type of the output, float32 or float16
 * @param isFlat whether the output is of shape [N], not [N, numbers]
 */
record GraphSignature(OnnxJavaType input, OnnxJavaType features, OnnxJavaType output, boolean isFlat) {
    /** Of the graphs that Stampede writes. */
    static final GraphSignature FLOAT32 =
            new GraphSignature(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT, OnnxJavaType.FLOAT, false);

    /** A dynamic dimension in ONNX Runtime. */
    private static final long DYNAMIC = -1;

    /** Throws {@link ModelVerificationException} if the input or the output differs from the contract. */
    static GraphSignature of(OrtSession session, ModelContract contract) {
        ModelContract.Input input = contract.input();
        long[] shape = input.layout().shape(input.planes().size(), input.stampSize());
        try {
            Map<String, NodeInfo> inputs = session.getInputInfo();
            FeatureInput features = input.features();
            if (inputs.size() != (features.isEmpty() ? 1 : 2)) {
                String found = String.valueOf(inputs.keySet());
                throw features.isEmpty()
                        ? mismatch("input", found, input.tensor(), shape)
                        : mismatch(found, input.tensor(), shape, features);
            }
            TensorInfo in = tensor("input", inputs, input.tensor(), shape);
            TensorInfo known = features.isEmpty()
                    ? in
                    : tensor("input of features", inputs, features.tensor(), new long[] {features.width()});
            long[] numbers = {contract.output().width()};
            Map<String, NodeInfo> outputs = session.getOutputInfo();
            boolean isFlat = numbers[0] == 1
                    && outputs.get(contract.output().tensor()) != null
                    && outputs.get(contract.output().tensor()).getInfo() instanceof TensorInfo out
                    && out.getShape().length == 1;
            TensorInfo out = tensor("output", outputs, contract.output().tensor(), isFlat ? new long[0] : numbers);
            return new GraphSignature(in.type, known.type, out.type, isFlat);
        } catch (OrtException failure) {
            throw new ModelVerificationException("check of the tensors: ONNX Runtime cannot describe them", failure);
        }
    }

    /** The tensor of that name, whose first dimension is dynamic; a dynamic one agrees with any length. */
    private static TensorInfo tensor(String role, Map<String, NodeInfo> infos, String name, long[] shape) {
        NodeInfo info = infos.get(name);
        if (info == null) {
            throw mismatch(role, String.valueOf(infos.keySet()), name, shape);
        }
        if (info.getInfo() instanceof TensorInfo tensor
                && (tensor.type == OnnxJavaType.FLOAT || tensor.type == OnnxJavaType.FLOAT16)
                && agrees(tensor.getShape(), shape)) {
            return tensor;
        }
        throw mismatch(role, info.toString(), name, shape);
    }

    private static boolean agrees(long[] actual, long[] expected) {
        if (actual.length != expected.length + 1 || actual[0] != DYNAMIC) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (actual[i + 1] != expected[i] && actual[i + 1] != DYNAMIC) {
                return false;
            }
        }
        return true;
    }

    private static ModelVerificationException mismatch(String role, String found, String name, long[] shape) {
        return new ModelVerificationException("check of the " + role + ": the graph has " + found
                + ", not the one tensor " + name + " float32 or float16 " + withBatch(shape));
    }

    private static ModelVerificationException mismatch(String found, String name, long[] shape, FeatureInput features) {
        return new ModelVerificationException("check of the input: the graph has " + found + ", not the tensors "
                + name + " " + withBatch(shape) + " and " + features.tensor() + " "
                + withBatch(new long[] {features.width()}));
    }

    private static String withBatch(long[] shape) {
        return Arrays.toString(shape).replace("[", "[-1, ");
    }
}
