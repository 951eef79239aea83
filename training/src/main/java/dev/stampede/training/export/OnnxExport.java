package dev.stampede.training.export;

import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.training.network.Network;
import dev.stampede.training.network.layer.SumRelu;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.InputVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;

/** Exports a network as ONNX, layer by layer, with its calibration and its contract. */
final class OnnxExport {
    private static final String PRODUCER = "stampede";

    private final ComputationGraph network;
    private final OnnxGraph graph;
    /** The ONNX output of each vertex of the network, by the vertex's name. */
    private final Map<String, String> outputs = new HashMap<>();

    private OnnxExport(ComputationGraph network, String name) {
        this.network = network;
        this.graph = new OnnxGraph(name);
    }

    /** The bytes of the model file of {@code network} that {@code contract} describes. */
    static byte[] of(ComputationGraph network, ModelContract contract) {
        return of(network, contract, Map.of());
    }

    /** The same with additional metadata entries. */
    static byte[] of(ComputationGraph network, ModelContract contract, Map<String, String> entries) {
        Map<String, String> metadata = new LinkedHashMap<>(contract.toMetadata());
        metadata.putAll(entries);
        return new OnnxExport(network, contract.modelName()).write(contract, metadata);
    }

    private byte[] write(ModelContract contract, Map<String, String> metadata) {
        graph.input(ModelContract.INPUT, contract.planes().size(), contract.stampSize(), contract.stampSize());
        if (!contract.features().isEmpty()) {
            graph.input(FeatureInput.INPUT, contract.features().width());
        }
        for (int index : network.topologicalSortOrder()) {
            GraphVertex vertex = network.getVertices()[index];
            outputs.put(vertex.getVertexName(), add(vertex));
        }
        String scores = outputs.getOrDefault(Network.OUTPUT, "");
        String temperature = graph.constant("temperature", new float[] {(float) contract.temperature()});
        String calibrated = graph.node("Div", "calibrated", Map.of(), scores, temperature);
        graph.node("Softmax", ModelContract.OUTPUT, Map.of("axis", 1), calibrated);
        graph.output(ModelContract.OUTPUT, contract.classes().size());
        return graph.toModel(PRODUCER, metadata);
    }

    private String add(GraphVertex vertex) {
        if (vertex instanceof InputVertex) {
            return vertex.getVertexName().equals(Network.FEATURES) ? FeatureInput.INPUT : ModelContract.INPUT;
        }
        if (vertex instanceof LayerVertex layer) {
            return add(layer);
        }
        if (network.getConfiguration().getVertices().get(vertex.getVertexName()) instanceof SumRelu) {
            return addSum(vertex.getVertexName());
        }
        throw new ExportException("a vertex of kind " + vertex.getClass().getSimpleName() + " cannot be exported yet");
    }

    private String add(LayerVertex vertex) {
        String name = vertex.getVertexName();
        String input = inputOf(name);
        if (vertex.getLayerPreProcessor() instanceof CnnToFeedForwardPreProcessor) {
            // Both sides flatten in plane, row, column order.
            input = graph.node("Flatten", name + ".flat", Map.of("axis", 1), input);
        } else if (vertex.getLayerPreProcessor() != null) {
            throw new ExportException("layer " + name + " has a preprocessor that cannot be exported yet");
        }
        Layer layer = vertex.getLayer();
        return LayerExports.of(layer).add(graph, layer, name, input);
    }

    private String addSum(String name) {
        List<String> inputs = network.getConfiguration().getVertexInputs().getOrDefault(name, List.of());
        String sum = graph.node(
                "Add",
                name + ".sum",
                Map.of(),
                inputs.stream().map(outputs::get).toArray(String[]::new));
        return graph.node("Relu", name, Map.of(), sum);
    }

    private String inputOf(String vertex) {
        List<String> inputs = network.getConfiguration().getVertexInputs().getOrDefault(vertex, List.of());
        String output = inputs.size() == 1 ? outputs.get(inputs.get(0)) : null;
        if (output == null) {
            throw new ExportException("vertex " + vertex + " has not one input but " + inputs);
        }
        return output;
    }
}
