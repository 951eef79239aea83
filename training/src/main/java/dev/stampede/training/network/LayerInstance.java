package dev.stampede.training.network;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a layer of our own gets its place in a graph, as Deeplearning4j asks for it.
 *
 * @param parameters the layer's part of the graph's parameters
 * @param initialises whether they are to be drawn at random
 */
record LayerInstance(
        NeuralNetConfiguration configuration,
        Collection<TrainingListener> listeners,
        int index,
        INDArray parameters,
        boolean initialises) {
    /** Ties {@code layer} to its place. */
    Layer of(Layer layer) {
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        Map<String, INDArray> table =
                configuration.getLayer().initializer().init(configuration, parameters, initialises);
        layer.setParamTable(table);
        layer.setConf(configuration);
        return layer;
    }
}
