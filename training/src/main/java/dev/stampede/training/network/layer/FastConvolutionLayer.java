package dev.stampede.training.network.layer;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A convolution by oneDNN with its bias and ReLU in one pass. The first layer does not compute the gradient of its input. */
final class FastConvolutionLayer extends ConvolutionLayer {
    private static final long serialVersionUID = 1;

    private final boolean isFirst;
    private final boolean isFast;
    /** By the number of stamps. */
    private final transient Map<Long, ConvolutionOperations> convolutions = new HashMap<>();

    private final transient Map<Long, ReluGradient> reluGradients = new HashMap<>();
    private transient INDArray output = Nd4j.empty(DataType.FLOAT);

    FastConvolutionLayer(NeuralNetConfiguration configuration, DataType type, boolean isFirst) {
        super(configuration, type);
        this.isFirst = isFirst;
        this.isFast = OneDnn.isEnabled(type);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        if (!isFast) {
            return super.activate(training, workspaces);
        }
        INDArray source = ChannelsLast.of(input);
        output = ChannelsLast.create(workspaces, ArrayType.ACTIVATIONS, shape().output());
        convolution().forward(source, weights(), bias(), output);
        return output;
    }

    @Override
    public Pair<Gradient, @Nullable INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        if (!isFast) {
            return super.backpropGradient(epsilon, workspaces);
        }
        INDArray delta = hasRelu()
                ? reluGradients
                        .computeIfAbsent(output.size(0), stamps -> new ReluGradient(output.shape()))
                        .of(output, epsilon, ArrayType.BP_WORKING_MEM, workspaces)
                : ChannelsLast.of(epsilon);
        Gradient gradient = new DefaultGradient();
        INDArray weights = gradientView(ConvolutionParamInitializer.WEIGHT_KEY);
        INDArray bias = hasBias() ? gradientView(ConvolutionParamInitializer.BIAS_KEY) : noBias();
        convolution().backwardWeights(ChannelsLast.of(input), delta, weights, bias);
        gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, weights, 'c');
        if (hasBias()) {
            gradient.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, bias);
        }
        return new Pair<>(gradient, isFirst ? null : inputGradient(delta, workspaces));
    }

    private INDArray inputGradient(INDArray delta, LayerWorkspaceMgr workspaces) {
        INDArray result = ChannelsLast.create(workspaces, ArrayType.ACTIVATION_GRAD, input.shape());
        convolution().backwardInput(delta, weights(), result);
        return result;
    }

    private ConvolutionOperations convolution() {
        return convolutions.computeIfAbsent(input.size(0), stamps -> new ConvolutionOperations(shape(), hasRelu()));
    }

    private ConvolutionShape shape() {
        return new ConvolutionShape(
                input.size(0),
                input.size(1),
                input.size(2),
                weights().size(0),
                layerConf().getKernelSize()[0],
                layerConf().getStride()[0],
                layerConf().getPadding()[0]);
    }

    private boolean hasRelu() {
        return layerConf().getActivationFn() instanceof ActivationReLU;
    }

    private INDArray weights() {
        return getParam(ConvolutionParamInitializer.WEIGHT_KEY);
    }

    private INDArray bias() {
        return hasBias() ? getParam(ConvolutionParamInitializer.BIAS_KEY) : noBias();
    }

    /** Zeros for the bias or memory for its gradient. */
    private INDArray noBias() {
        return Nd4j.zeros(DataType.FLOAT, weights().size(0));
    }

    /** The view of the gradient of a parameter in that of the graph. */
    private INDArray gradientView(String parameter) {
        return Objects.requireNonNull(gradientViews.get(parameter), parameter);
    }
}
