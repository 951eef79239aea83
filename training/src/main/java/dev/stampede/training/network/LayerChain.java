package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import dev.stampede.training.network.layer.FastConvolution;
import dev.stampede.training.network.layer.FusedBatchNorm;
import dev.stampede.training.network.layer.MaxPooling;
import dev.stampede.training.network.layer.SumRelu;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Builds a chain of layers. Padding is with zeros and explicit, never the mode SAME of
 * Deeplearning4j, so that the exported model can have the same.
 */
final class LayerChain {
    private final GraphBuilder graph;
    private String last;
    private int channels;

    private LayerChain(GraphBuilder graph, String last, int channels) {
        this.graph = graph;
        this.last = last;
        this.channels = channels;
    }

    /** Starts at the input. */
    static LayerChain atInput(GraphBuilder graph, StampShape input) {
        return new LayerChain(graph, Architecture.INPUT, input.planes());
    }

    /** Another chain that starts at the current layer. */
    LayerChain branch() {
        return new LayerChain(graph, last, channels);
    }

    /** A convolution with a square kernel. */
    LayerChain convolution(String name, int filters, int kernel, int stride, int padding, boolean bias) {
        return convolution(name, filters, kernel, stride, padding, bias, Activation.IDENTITY);
    }

    /** A dense layer with ReLU over the channels of each pixel: a 1x1 convolution. */
    LayerChain denseByPixel(String name, int units) {
        return convolution(name, units, 1, 1, 0, true, Activation.RELU);
    }

    private LayerChain convolution(
            String name, int filters, int kernel, int stride, int padding, boolean bias, Activation activation) {
        ConvolutionLayer.Builder layer = new ConvolutionLayer.Builder(kernel, kernel)
                .stride(stride, stride)
                .padding(padding, padding)
                .nIn(channels)
                .nOut(filters)
                .hasBias(bias)
                .convolutionMode(ConvolutionMode.Truncate)
                .dataFormat(CNN2DFormat.NCHW)
                .activation(activation);
        channels = filters;
        return append(name, new FastConvolution(layer, last.equals(Architecture.INPUT)));
    }

    /** A dense layer with ReLU; its input is flattened in channel, row, column order. */
    LayerChain dense(String name, int units) {
        return append(
                name,
                new DenseLayer.Builder().nOut(units).activation(Activation.RELU).build());
    }

    /** Batch normalisation. */
    LayerChain batchNorm(String name) {
        return append(name, new FusedBatchNorm(channels, false));
    }

    /** Batch normalisation and ReLU. */
    LayerChain batchNormRelu(String name) {
        return append(name, new FusedBatchNorm(channels, true));
    }

    /** Maximum pooling. */
    LayerChain maxPool(String name, int kernel, int stride) {
        return append(name, new MaxPooling(kernel, stride));
    }

    /** Global average pooling. */
    LayerChain averagePool(String name) {
        return append(name, new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
    }

    /** The sum of this chain and {@code shortcut}, which must have the same number of channels, and ReLU. */
    LayerChain plusRelu(String name, LayerChain shortcut) {
        graph.addVertex(name, new SumRelu(), last, shortcut.last);
        last = name;
        return this;
    }

    /** The output layer with softmax; its input is flattened in channel, row, column order. */
    void classes(int count) {
        append(
                Architecture.OUTPUT,
                new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(count)
                        .activation(Activation.SOFTMAX)
                        .build());
    }

    int channels() {
        return channels;
    }

    private LayerChain append(String name, Layer layer) {
        graph.addLayer(name, layer, last);
        last = name;
        return this;
    }
}
