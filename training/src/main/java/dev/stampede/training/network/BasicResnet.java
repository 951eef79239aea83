package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * A residual network of basic blocks as He et al. (2016, arXiv:1512.03385) use for CIFAR: a first convolution, three stages
 * of 3x3 convolutions with f, 2f and 4f filters, of which the second and third start with stride 2, global average
 * pooling, and the output layer. Shortcuts that change the shape are 1x1 convolutions. Batch normalisation follows every
 * convolution, so none has a bias.
 *
 * @param firstKernel kernel size of the first convolution
 * @param firstStride stride of the first convolution
 * @param blocks per stage
 * @param filters f
 */
record BasicResnet(int firstKernel, int firstStride, int blocks, int filters) implements Architecture {
    private static final int STAGES = 3;

    /** The published network of 56 layers: 3 stages x 9 blocks x 2 convolutions, and the first and the last layer. */
    static BasicResnet of56() {
        return new BasicResnet(3, 1, 9, 16);
    }

    /**
     * A network of 14 layers for stamps: a point source is about five pixels wide, so a first convolution of five pixels
     * with stride 2 does not miss it and leaves a quarter of the computation to the following layers.
     */
    static BasicResnet of14() {
        return new BasicResnet(5, 2, 2, 16);
    }

    @Override
    public int smallestSize() {
        return 1;
    }

    @Override
    public void addTo(GraphBuilder graph, StampShape input, int classes) {
        LayerChain chain = LayerChain.atInput(graph, input)
                .convolution("conv1", filters, firstKernel, firstStride, firstKernel / 2, false)
                .batchNormRelu("norm1");
        for (int stage = 0; stage < STAGES; stage++) {
            for (int block = 0; block < blocks; block++) {
                int stride = block == 0 && stage > 0 ? 2 : 1;
                addBlock(chain, "stage" + (stage + 1) + "_block" + (block + 1), filters << stage, stride);
            }
        }
        chain.averagePool("mean").classes(classes);
    }

    private static void addBlock(LayerChain chain, String name, int filters, int stride) {
        LayerChain shortcut = chain.branch();
        if (stride > 1 || chain.channels() != filters) {
            shortcut.convolution(name + "_project", filters, 1, stride, 0, false)
                    .batchNorm(name + "_projectnorm");
        }
        chain.convolution(name + "_conv1", filters, 3, stride, 1, false)
                .batchNormRelu(name + "_norm1")
                .convolution(name + "_conv2", filters, 3, 1, 1, false)
                .batchNorm(name + "_norm2")
                .plusRelu(name + "_sum", shortcut);
    }
}
