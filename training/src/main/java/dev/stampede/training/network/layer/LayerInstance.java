package dev.stampede.training.network.layer;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arguments with which Deeplearning4j creates a layer of a graph.
 *
 * @param parameters the view of the layer's parameters in those of the graph
 * @param initialises whether to initialise them randomly
 */
record LayerInstance(
        NeuralNetConfiguration configuration,
        Collection<TrainingListener> listeners,
        int index,
        INDArray parameters,
        boolean initialises) {
    /** Initialises {@code layer}. */
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
