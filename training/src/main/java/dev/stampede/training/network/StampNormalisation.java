package dev.stampede.training.network;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation of each channel (Ioffe and Szegedy 2015), with a rectifier behind it or without: four parameters
 * a channel, two of them averages. See {@link StampNormalisationLayer}.
 */
public final class StampNormalisation extends BatchNormalization {
    private static final long serialVersionUID = 1;

    /** Keras' epsilon, which the published networks have. */
    private static final double EPSILON = 1e-3;

    private final boolean rectifies;

    StampNormalisation(int channels, boolean rectifies) {
        this.rectifies = rectifies;
        setNIn(channels);
        setNOut(channels);
        setEps(EPSILON);
        setUseLogStd(false);
        setCnn2DFormat(CNN2DFormat.NCHW);
    }

    /** Whether what is normalised is cut off below 0. */
    public boolean rectifies() {
        return rectifies;
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
                .of(new StampNormalisationLayer(configuration, type, rectifies));
    }
}
