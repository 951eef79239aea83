package dev.stampede.training.network.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The configuration of a {@link FusedBatchNormLayer}: batch normalisation, optionally with ReLU. Four parameters per
 * channel, two of them running averages.
 */
public final class FusedBatchNorm extends BatchNormalization {
    private static final long serialVersionUID = 1;

    /** The default of Keras, as in the published networks. */
    private static final double EPSILON = 1e-3;

    private final boolean hasRelu;

    public FusedBatchNorm(int channels, boolean hasRelu) {
        this.hasRelu = hasRelu;
        setNIn(channels);
        setNOut(channels);
        setEps(EPSILON);
        setUseLogStd(false);
        setCnn2DFormat(CNN2DFormat.NCHW);
    }

    /** Whether ReLU follows. */
    public boolean hasRelu() {
        return hasRelu;
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
                .of(new FusedBatchNormLayer(configuration, type, hasRelu));
    }
}
