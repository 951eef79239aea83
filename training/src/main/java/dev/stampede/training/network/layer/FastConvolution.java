package dev.stampede.training.network.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The configuration of a {@link FastConvolutionLayer}. */
public final class FastConvolution extends ConvolutionLayer {
    private static final long serialVersionUID = 1;

    private final boolean isFirst;

    /** {@code isFirst} is true for the first layer of a network, which needs no gradient of its input. */
    public FastConvolution(Builder builder, boolean isFirst) {
        super(builder);
        this.isFirst = isFirst;
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
                .of(new FastConvolutionLayer(configuration, type, isFirst));
    }
}
