package dev.stampede.stamps.score;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.stampede.stamps.contract.InvalidModelException;
import dev.stampede.stamps.contract.ModelFile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The inputs and outputs of a graph, in their order, as ONNX Runtime reports them.
 *
 * @param inputs one or more
 * @param outputs one or more
 */
public record GraphTensors(List<Tensor> inputs, List<Tensor> outputs) {
    /** A dynamic dimension. */
    public static final long DYNAMIC = -1;

    public GraphTensors {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * A tensor of numbers.
     *
     * @param isFloat whether its numbers are float32 or float16
     * @param shape its dimensions, {@link #DYNAMIC} for those that are not fixed
     */
    public record Tensor(String name, boolean isFloat, List<Long> shape) {
        public Tensor {
            shape = List.copyOf(shape);
        }

        /** As in messages, such as {@code triplet [N, 63, 63, 3]}. */
        @Override
        public String toString() {
            return name + " "
                    + shape.stream()
                            .map(side -> side == DYNAMIC ? "N" : String.valueOf(side))
                            .collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /**
     * Opens {@code model} for a moment.
     *
     * @throws InvalidModelException if ONNX Runtime cannot load it
     */
    public static GraphTensors of(ModelFile model) {
        OnnxSession engine = OnnxSession.open(model, EngineSettings.CPU);
        try {
            return new GraphTensors(
                    tensors(engine.session().getInputInfo()),
                    tensors(engine.session().getOutputInfo()));
        } catch (OrtException failure) {
            throw new InvalidModelException(model.origin() + ": ONNX Runtime cannot describe its tensors", failure);
        } finally {
            engine.release();
        }
    }

    private static List<Tensor> tensors(Map<String, NodeInfo> infos) {
        return infos.values().stream().map(GraphTensors::tensor).toList();
    }

    private static Tensor tensor(NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo info)) {
            return new Tensor(node.getName(), false, List.of());
        }
        boolean isFloat = info.type == OnnxJavaType.FLOAT || info.type == OnnxJavaType.FLOAT16;
        return new Tensor(
                node.getName(), isFloat, Arrays.stream(info.getShape()).boxed().toList());
    }
}
