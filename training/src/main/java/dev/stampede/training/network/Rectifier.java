package dev.stampede.training.network;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A rectifier behind a sum; see {@link RectifierLayer}. */
public final class Rectifier extends ActivationLayer {
    private static final long serialVersionUID = 1;

    Rectifier() {
        super(Activation.RELU);
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialises,
            DataType type) {
        return new LayerInstance(configuration, listeners, index, parameters, initialises)
                .of(new RectifierLayer(configuration, type));
    }
}
