package dev.stampede.training.network.layer;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Maximum pooling by oneDNN. */
final class MaxPoolingLayer extends SubsamplingLayer {
    private static final long serialVersionUID = 1;

    private final boolean isFast;
    /** By the number of stamps. */
    private final transient Map<Long, MaxPoolingOperations> poolings = new HashMap<>();

    MaxPoolingLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
        this.isFast = OneDnn.isEnabled(type);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (!isFast) {
            return super.activate(training, workspaces);
        }
        INDArray output = ChannelsLast.create(
                workspaces, ArrayType.ACTIVATIONS, input.size(0), input.size(1), outputSize(0), outputSize(1));
        poolings.computeIfAbsent(
                        input.size(0),
                        stamps -> new MaxPoolingOperations(
                                input.shape(),
                                output.shape(),
                                layerConf().getKernelSize()[0],
                                layerConf().getStride()[0]))
                .forward(ChannelsLast.of(input), output);
        return output;
    }

    private long outputSize(int axis) {
        return (input.size(2 + axis) - layerConf().getKernelSize()[axis])
                        / layerConf().getStride()[axis]
                + 1;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        MaxPoolingOperations pooling = poolings.get(epsilon.size(0));
        if (pooling == null) {
            return super.backpropGradient(epsilon, workspaces);
        }
        INDArray result = ChannelsLast.create(workspaces, ArrayType.ACTIVATION_GRAD, input.shape());
        pooling.backward(ChannelsLast.of(epsilon), result);
        return new Pair<>(new DefaultGradient(), result);
    }
}
