package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import dev.stampede.training.network.layer.FastConvolution;
import dev.stampede.training.network.layer.FastDropout;
import dev.stampede.training.network.layer.FusedBatchNorm;
import dev.stampede.training.network.layer.MaxPooling;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The small network of the deep-learning chapter of astroML (chapter 9), after the VGG family of Simonyan and Zisserman
 * (2014): two pairs of 3x3 convolutions without padding, each pair followed by a pooling, then two dense layers.
 *
 * <p>For one channel of 21x21 pixels it has 25,458 parameters:
 *
 * <table>
 * <caption>Layers, output shapes and parameters</caption>
 * <tr><th>layer</th><th>output</th><th>parameters</th></tr>
 * <tr><td>convolution 3x3, relu</td><td>16x19x19</td><td>9 x 1 x 16 + 16 = 160</td></tr>
 * <tr><td>convolution 3x3, relu</td><td>16x17x17</td><td>9 x 16 x 16 + 16 = 2,320</td></tr>
 * <tr><td>maximum over 2x2, dropout 0.25</td><td>16x8x8</td><td>0</td></tr>
 * <tr><td>convolution 3x3, relu</td><td>32x6x6</td><td>9 x 16 x 32 + 32 = 4,640</td></tr>
 * <tr><td>convolution 3x3, relu</td><td>32x4x4</td><td>9 x 32 x 32 + 32 = 9,248</td></tr>
 * <tr><td>batch normalisation</td><td>32x4x4</td><td>4 x 32 = 128, half of them running statistics</td></tr>
 * <tr><td>maximum over 4x4, dropout 0.25</td><td>32x1x1</td><td>0</td></tr>
 * <tr><td>dense, relu, dropout 0.5</td><td>256</td><td>32 x 256 + 256 = 8,448</td></tr>
 * <tr><td>dense, softmax</td><td>2</td><td>256 x 2 + 2 = 514</td></tr>
 * </table>
 */
final class Vgg6 implements Architecture {
    /** Deeplearning4j specifies the probability of keeping a value, Keras that of dropping it. */
    private static final double KEPT_AFTER_POOLING = 1 - 0.25;

    private static final double KEPT_AFTER_DENSE = 1 - 0.5;

    @Override
    public int smallestSize() {
        // Rows from the output: the last pooling needs 4, the layers before it 6, 8, 16, 18 and 20.
        return 20;
    }

    @Override
    public void addTo(GraphBuilder graph, StampShape input, int classes) {
        graph.addLayer("conv1", convolution(input.planes(), 16, true), INPUT)
                .addLayer("conv2", convolution(16, 16, false), "conv1")
                .addLayer("pool1", new MaxPooling(2, 2), "conv2")
                .addLayer("drop1", new FastDropout(KEPT_AFTER_POOLING), "pool1")
                .addLayer("conv3", convolution(16, 32, false), "drop1")
                .addLayer("conv4", convolution(32, 32, false), "conv3")
                .addLayer("norm", new FusedBatchNorm(32, false), "conv4")
                .addLayer("pool2", new MaxPooling(4, 4), "norm")
                .addLayer("drop2", new FastDropout(KEPT_AFTER_POOLING), "pool2")
                .addLayer("dense", dense(256), "drop2")
                .addLayer("drop3", new FastDropout(KEPT_AFTER_DENSE), "dense")
                .addLayer(OUTPUT, output(classes), "drop3");
    }

    private static FastConvolution convolution(int in, int out, boolean isFirst) {
        ConvolutionLayer.Builder layer = new ConvolutionLayer.Builder(3, 3)
                .nIn(in)
                .nOut(out)
                .convolutionMode(ConvolutionMode.Truncate)
                .dataFormat(CNN2DFormat.NCHW)
                .activation(Activation.RELU);
        return new FastConvolution(layer, isFirst);
    }

    private static DenseLayer dense(int out) {
        return new DenseLayer.Builder().nOut(out).activation(Activation.RELU).build();
    }

    private static OutputLayer output(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
    }
}
