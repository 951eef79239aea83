package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Layers added one behind the other, in the terms of residual networks. Padding is by zeros and stated in pixels, never
 * the engine's mode SAME, so that the written file can say the same thing.
 */
final class Chain {
    private final GraphBuilder graph;
    private String last;
    private int channels;

    private Chain(GraphBuilder graph, String last, int channels) {
        this.graph = graph;
        this.last = last;
        this.channels = channels;
    }

    /** Starts at the stamps. */
    static Chain atInput(GraphBuilder graph, StampShape input) {
        return new Chain(graph, Network.INPUT, input.channels());
    }

    /** Another chain that starts where this one stands. */
    Chain branch() {
        return new Chain(graph, last, channels);
    }

    /** A convolution of a square kernel; the stamp loses {@code kernel - 1 - 2 padding} pixels a side. */
    Chain convolution(String name, int filters, int kernel, int stride, int padding, boolean bias) {
        return convolution(name, filters, kernel, stride, padding, bias, Activation.IDENTITY);
    }

    /** A dense layer over the channels of each pixel, with rectifiers: a convolution of one pixel. */
    Chain denseByPixel(String name, int units) {
        return convolution(name, units, 1, 1, 0, true, Activation.RELU);
    }

    private Chain convolution(
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
        return append(name, new StampConvolution(layer, last.equals(Network.INPUT)));
    }

    /** Batch normalisation of each channel. */
    Chain normalisation(String name) {
        return append(name, new StampNormalisation(channels, false));
    }

    /** The same with a rectifier behind it. */
    Chain rectifiedNormalisation(String name) {
        return append(name, new StampNormalisation(channels, true));
    }

    Chain rectifier(String name) {
        return append(name, new Rectifier());
    }

    /** The maximum over squares. */
    Chain maximum(String name, int kernel, int stride) {
        return append(
                name,
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                        .kernelSize(kernel, kernel)
                        .stride(stride, stride)
                        .convolutionMode(ConvolutionMode.Truncate)
                        .dataFormat(CNN2DFormat.NCHW)
                        .build());
    }

    /** The mean of each channel over all its pixels. */
    Chain mean(String name) {
        return append(name, new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
    }

    /** The sum of this chain and {@code shortcut}, which must have as many channels. */
    Chain plus(String name, Chain shortcut) {
        graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), last, shortcut.last);
        last = name;
        return this;
    }

    /** Ends in that many classes; what comes in is flattened in channel, row, column order. */
    void classes(int count) {
        append(
                Network.OUTPUT,
                new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(count)
                        .activation(Activation.SOFTMAX)
                        .build());
    }

    int channels() {
        return channels;
    }

    private Chain append(String name, Layer layer) {
        graph.addLayer(name, layer, last);
        last = name;
        return this;
    }
}
