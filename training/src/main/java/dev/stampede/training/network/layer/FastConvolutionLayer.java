package dev.stampede.training.network.layer;

import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.convolution.Convolution;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A convolution with a faster backpropagation if oneDNN is used: it does not repeat the forward pass, because it keeps the
 * activations; ReLU takes one pass over memory; and the first layer does not compute the gradient of its input.
 */
final class FastConvolutionLayer extends ConvolutionLayer {
    private static final long serialVersionUID = 1;

    private final boolean isFirst;
    private transient INDArray lastActivations = Nd4j.empty(DataType.FLOAT);

    FastConvolutionLayer(NeuralNetConfiguration configuration, DataType type, boolean isFirst) {
        super(configuration, type);
        this.isFirst = isFirst;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray activations = super.activate(training, workspaces);
        lastActivations = activations;
        return activations;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        if (helper == null || dataType != DataType.FLOAT) {
            return super.backpropGradient(epsilon, workspaces);
        }
        INDArray delta = layerConf().getActivationFn() instanceof ActivationReLU
                ? ReluGradient.of(lastActivations, epsilon, workspaces)
                : epsilon;
        return isFirst ? new Pair<>(weightGradient(delta, workspaces), null) : allGradients(delta, workspaces);
    }

    private Pair<Gradient, INDArray> allGradients(INDArray delta, LayerWorkspaceMgr workspaces) {
        org.deeplearning4j.nn.conf.layers.ConvolutionLayer layer = layerConf();
        return helper.backpropGradient(
                input,
                getParam(ConvolutionParamInitializer.WEIGHT_KEY),
                getParam(ConvolutionParamInitializer.BIAS_KEY),
                delta,
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                gradientViews.get(ConvolutionParamInitializer.BIAS_KEY),
                gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY),
                layer.getActivationFn(),
                layer.getCudnnAlgoMode(),
                layer.getCudnnBwdFilterAlgo(),
                layer.getCudnnBwdDataAlgo(),
                convolutionMode,
                layer.getDilation(),
                layer.getCnn2dDataFormat(),
                workspaces);
    }

    /** The sum over stamps of the product of the gradient, [filter, position], and the patches, [weight, position]. */
    private Gradient weightGradient(INDArray delta, LayerWorkspaceMgr workspaces) {
        Gradient gradient = new DefaultGradient();
        INDArray weights = gradientView(ConvolutionParamInitializer.WEIGHT_KEY);
        long stamps = delta.size(0);
        long filters = delta.size(1);
        long places = delta.size(2) * delta.size(3);
        INDArray patches = patches(delta, workspaces).reshape('c', stamps, weights.length() / filters, places);
        INDArray products = Nd4j.matmul(delta.reshape('c', stamps, filters, places), patches, false, true, false);
        weights.assign(products.sum(0).reshape('c', weights.shape()));
        gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, weights, 'c');
        if (hasBias()) {
            INDArray bias = gradientView(ConvolutionParamInitializer.BIAS_KEY);
            bias.assign(Nd4j.createFromArray(sumsByFilter(delta)).reshape(bias.shape()));
            gradient.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, bias);
        }
        return gradient;
    }

    /** The view of the gradient of a parameter in that of the graph. */
    private INDArray gradientView(String parameter) {
        return Objects.requireNonNull(gradientViews.get(parameter), parameter);
    }

    /** [stamp, channel, kernel row, kernel column, row, column]. */
    private INDArray patches(INDArray delta, LayerWorkspaceMgr workspaces) {
        int[] kernel = layerConf().getKernelSize();
        int[] stride = layerConf().getStride();
        int[] padding = layerConf().getPadding();
        long[] shape = {input.size(0), input.size(1), kernel[0], kernel[1], delta.size(2), delta.size(3)};
        INDArray patches = workspaces.createUninitialized(ArrayType.BP_WORKING_MEM, DataType.FLOAT, shape, 'c');
        return Convolution.im2col(
                input,
                kernel[0],
                kernel[1],
                stride[0],
                stride[1],
                padding[0],
                padding[1],
                layerConf().getDilation()[0],
                layerConf().getDilation()[1],
                false,
                patches);
    }

    private static float[] sumsByFilter(INDArray delta) {
        HeapRows rows = HeapRows.of(delta);
        float[] row = new float[rows.length()];
        ChannelSums sums = new ChannelSums((int) delta.size(1), rows.length());
        for (int stamp = 0; stamp < rows.count(); stamp++) {
            rows.read(stamp, row);
            VectorLoops.add(row, sums.partial());
            sums.next();
        }
        float[] byFilter = new float[(int) delta.size(1)];
        for (int filter = 0; filter < byFilter.length; filter++) {
            byFilter[filter] = (float) sums.of(filter);
        }
        return byFilter;
    }
}
