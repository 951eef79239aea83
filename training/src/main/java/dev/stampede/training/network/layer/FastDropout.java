package dev.stampede.training.network.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The configuration of a {@link FastDropoutLayer}. */
public final class FastDropout extends DropoutLayer {
    private static final long serialVersionUID = 1;

    private final double kept;

    /** {@code kept} is the probability of keeping a value. */
    public FastDropout(double kept) {
        super(kept);
        this.kept = kept;
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
                .of(new FastDropoutLayer(configuration, type, kept));
    }
}
