package dev.stampede.training.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Builds an ONNX graph of nodes, each with one output of the same name, and constant tensors. All numbers are float32.
 */
final class OnnxGraph {
    /** Supported by all engines in use, and complete enough for these networks. */
    private static final int OPERATOR_SET = 17;

    /** The IR version of that operator set (ONNX 1.12). */
    private static final int FORMAT = 8;

    /** The name of the dynamic batch dimension. */
    private static final String BATCH = "N";

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    OnnxGraph(String name) {
        graph.setName(name);
    }

    /** Adds a node of {@code operator} and returns the name of its output. */
    String node(String operator, String name, Map<String, ?> attributes, String... inputs) {
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(name);
        for (String input : inputs) {
            node.addInput(input);
        }
        // Sorted, so that the same network gives the same bytes.
        new TreeMap<>(attributes).forEach((key, value) -> node.addAttribute(attribute(key, value)));
        graph.addNode(node.addOutput(name));
        return name;
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Float number) {
            attribute.setType(AttributeProto.AttributeType.FLOAT).setF(number);
        } else if (value instanceof Integer number) {
            attribute.setType(AttributeProto.AttributeType.INT).setI(number);
        } else if (value instanceof int[] numbers) {
            attribute.setType(AttributeProto.AttributeType.INTS);
            for (int number : numbers) {
                attribute.addInts(number);
            }
        } else {
            throw new IllegalArgumentException("unsupported type of an ONNX attribute: " + value.getClass());
        }
        return attribute.build();
    }

    /** Adds the values of {@code array}, in row-major order, as a constant of that shape; returns its name. */
    String constant(String name, INDArray array, long... shape) {
        return constant(name, array.dup('c').data().asFloat(), shape);
    }

    /** Adds {@code values} as a constant of that shape; returns its name. */
    String constant(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(ByteString.copyFrom(bytes));
        for (long size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** Declares an input of shape [N, sizes...]. */
    void input(String name, long... sizes) {
        graph.addInput(value(name, sizes));
    }

    /** Declares the output of a node, of shape [N, sizes...], as an output of the graph. */
    void output(String name, long... sizes) {
        graph.addOutput(value(name, sizes));
    }

    private static ValueInfoProto value(String name, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /** The bytes of a model file with this graph and {@code metadata}. */
    byte[] toModel(String producer, Map<String, String> metadata) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName(producer)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .setGraph(graph);
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }
}
