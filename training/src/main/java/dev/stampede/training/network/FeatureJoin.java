package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import dev.stampede.training.network.layer.SumRelu;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;

/**
 * An architecture with features as a second input. Before its output layer comes a dense layer with ReLU over what that layer
 * reads and over the features together. A dense layer over two inputs is the sum of one over each, which flattens images by
 * itself.
 *
 * @param stamps the architecture for stamps alone
 * @param features the numbers of the second input
 */
record FeatureJoin(Architecture stamps, int features) implements Architecture {
    /** The name of the second input. */
    static final String INPUT = "features";

    /** The units of the dense layer. */
    private static final int UNITS = 64;

    private static final String JOIN = "join";

    @Override
    public void addTo(GraphBuilder graph, StampShape input, int classes) {
        stamps.addTo(graph, input, classes);
        graph.addInputs(INPUT);
        List<String> read = List.copyOf(graph.getVertexInputs().getOrDefault(OUTPUT, List.of()));
        Layer output = layer(graph.getVertices().get(OUTPUT));
        graph.removeVertex(OUTPUT);
        graph.addLayer(JOIN + "_stamps", dense(), read.toArray(String[]::new))
                .addLayer(JOIN + "_features", dense(), INPUT)
                .addVertex(JOIN, new SumRelu(), JOIN + "_stamps", JOIN + "_features")
                .addLayer(OUTPUT, output, JOIN);
    }

    private static Layer layer(@Nullable GraphVertex vertex) {
        if (vertex instanceof LayerVertex layer) {
            return layer.getLayerConf().getLayer();
        }
        throw new IllegalArgumentException("the output " + OUTPUT + " is not a layer but " + vertex);
    }

    private static DenseLayer dense() {
        return new DenseLayer.Builder()
                .nOut(UNITS)
                .activation(Activation.IDENTITY)
                .build();
    }

    @Override
    public int smallestSize() {
        return stamps.smallestSize();
    }

    @Override
    public InputType[] inputTypes(StampShape input) {
        return new InputType[] {stamps.inputTypes(input)[0], InputType.feedForward(features)};
    }
}
