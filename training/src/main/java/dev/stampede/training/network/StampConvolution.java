package dev.stampede.training.network;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A convolution without the steps of Deeplearning4j's that nothing needs; see {@link StampConvolutionLayer}. */
public final class StampConvolution extends ConvolutionLayer {
    private static final long serialVersionUID = 1;

    private final boolean seesTheStamps;

    /** What {@code builder} says; {@code seesTheStamps} where nothing comes before it, so that its input has no gradient. */
    StampConvolution(Builder builder, boolean seesTheStamps) {
        super(builder);
        this.seesTheStamps = seesTheStamps;
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
                .of(new StampConvolutionLayer(configuration, type, seesTheStamps));
    }
}
