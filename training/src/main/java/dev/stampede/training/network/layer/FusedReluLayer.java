package dev.stampede.training.network.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.ActivationLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;

/** ReLU without a copy of its input, in single precision; in double precision that of Deeplearning4j. */
final class FusedReluLayer extends ActivationLayer {
    private static final long serialVersionUID = 1;

    private transient INDArray result = Nd4j.empty();

    FusedReluLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (dataType != DataType.FLOAT) {
            return super.activate(training, workspaces);
        }
        result = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, input.shape(), 'c');
        return Nd4j.exec(new RectifiedLinear(input, result));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        if (dataType != DataType.FLOAT) {
            return super.backpropGradient(epsilon, workspaces);
        }
        return new Pair<>(new DefaultGradient(), ReluGradient.of(result, epsilon, workspaces));
    }
}
