package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * The smallest network that separates stamps of 21x21 pixels as well as {@link Vgg6}, at less than a third of its cost: three
 * convolutions, of which the first two halve the rows and columns, and two dense layers. A point source is four to five
 * pixels wide, so a kernel of five pixels with stride 2 does not miss it. All strides keep the centre of a stamp of 21
 * pixels at the centre of a pixel. Batch normalisation follows every convolution; an engine merges it with the weights.
 *
 * <table>
 * <caption>Layers, output shapes and multiplications for one channel of 21x21 pixels</caption>
 * <tr><th>layer</th><th>output</th><th>multiplications</th></tr>
 * <tr><td>convolution 5x5 with stride 2, batch normalisation, relu</td><td>16x9x9</td><td>32,400</td></tr>
 * <tr><td>convolution 3x3 with stride 2 and padding, batch normalisation, relu</td><td>32x5x5</td><td>115,200</td></tr>
 * <tr><td>convolution 3x3, batch normalisation, relu</td><td>48x3x3</td><td>124,416</td></tr>
 * <tr><td>dense, relu</td><td>96</td><td>41,472</td></tr>
 * <tr><td>dense, softmax</td><td>2</td><td>192</td></tr>
 * </table>
 */
final class Compact implements Architecture {
    @Override
    public int smallestSize() {
        // Rows from the output: the third convolution needs 3, the second 5, the first 13.
        return 13;
    }

    @Override
    public void addTo(GraphBuilder graph, StampShape input, int classes) {
        LayerChain.atInput(graph, input)
                .convolution("conv1", 16, 5, 2, 0, false)
                .batchNormRelu("norm1")
                .convolution("conv2", 32, 3, 2, 1, false)
                .batchNormRelu("norm2")
                .convolution("conv3", 48, 3, 1, 0, false)
                .batchNormRelu("norm3")
                .dense("dense", 96)
                .classes(classes);
    }
}
