package dev.stampede.training.network;

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
 * A convolution that differs from Deeplearning4j's in its way back alone, and only where oneDNN runs it: it does not do
 * the way there a second time, for its result is at hand; a rectifier takes one pass over memory; and the first layer
 * of a network does not ask what the stamps should have been.
 */
final class StampConvolutionLayer extends ConvolutionLayer {
    private static final long serialVersionUID = 1;

    private final boolean seesTheStamps;
    /** What the layer last said in a fit. */
    private transient INDArray result = Nd4j.empty(DataType.FLOAT);

    StampConvolutionLayer(NeuralNetConfiguration configuration, DataType type, boolean seesTheStamps) {
        super(configuration, type);
        this.seesTheStamps = seesTheStamps;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        INDArray activations = super.activate(training, workspaces);
        result = activations;
        return activations;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        if (helper == null || dataType != DataType.FLOAT) {
            return super.backpropGradient(epsilon, workspaces);
        }
        INDArray delta = layerConf().getActivationFn() instanceof ActivationReLU
                ? RectifiedGradient.of(result, epsilon, workspaces)
                : epsilon;
        return seesTheStamps ? new Pair<>(ofWeights(delta, workspaces), null) : ofAll(delta, workspaces);
    }

    private Pair<Gradient, INDArray> ofAll(INDArray delta, LayerWorkspaceMgr workspaces) {
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

    /** For each stamp the product of the gradient, [filter, place], and the patches, [weight, place]; then their sum. */
    private Gradient ofWeights(INDArray delta, LayerWorkspaceMgr workspaces) {
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

    /** Where the graph looks for the gradient of a parameter. */
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
        Rows rows = Rows.of(delta);
        float[] row = new float[rows.length()];
        ChannelSums sums = new ChannelSums((int) delta.size(1), rows.length());
        for (int stamp = 0; stamp < rows.count(); stamp++) {
            rows.read(stamp, row);
            RowLoops.add(row, sums.partial());
            sums.next();
        }
        float[] byFilter = new float[(int) delta.size(1)];
        for (int filter = 0; filter < byFilter.length; filter++) {
            byFilter[filter] = (float) sums.of(filter);
        }
        return byFilter;
    }
}
