package dev.stampede.stamps.score;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.stampede.stamps.contract.ModelContract;
import java.util.Arrays;
import java.util.Map;

/** Checks the input and output tensors of the graph against the contract. */
final class GraphSignature {
    /** A dynamic dimension in ONNX Runtime. */
    private static final long DYNAMIC = -1;

    private GraphSignature() {}

    /** Throws {@link ModelVerificationException} if the input or the output differs from the contract. */
    static void check(OrtSession session, ModelContract contract) {
        long size = contract.stampSize();
        long[] input = {DYNAMIC, contract.planes().size(), size, size};
        long[] output = {DYNAMIC, contract.classes().size()};
        try {
            check("input", session.getInputInfo(), ModelContract.INPUT, input);
            check("output", session.getOutputInfo(), ModelContract.OUTPUT, output);
        } catch (OrtException failure) {
            throw new ModelVerificationException("check of the tensors: ONNX Runtime cannot describe them", failure);
        }
    }

    private static void check(String role, Map<String, NodeInfo> infos, String name, long[] shape) {
        String expected = name + " float32 " + Arrays.toString(shape);
        NodeInfo info = infos.get(name);
        if (infos.size() != 1 || info == null) {
            throw new ModelVerificationException(
                    "check of the " + role + ": the graph has " + infos.keySet() + ", not the one tensor " + expected);
        }
        if (!(info.getInfo() instanceof TensorInfo tensor)
                || tensor.type != OnnxJavaType.FLOAT
                || !Arrays.equals(tensor.getShape(), shape)) {
            throw new ModelVerificationException(
                    "check of the " + role + ": the graph has " + info + ", not the tensor " + expected);
        }
    }
}
