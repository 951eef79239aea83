package dev.stampede.training.export;

import org.deeplearning4j.nn.api.Layer;

/** Exports one kind of layer as ONNX nodes. */
@FunctionalInterface
interface LayerExport {
    /**
     * Adds the nodes of {@code layer}, which reads the output {@code input}; node names start with the unused
     * {@code name}.
     *
     * @return the name of the layer's output
     */
    String add(OnnxGraph graph, Layer layer, String name, String input);
}
