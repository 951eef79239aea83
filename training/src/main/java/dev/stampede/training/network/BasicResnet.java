package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * A residual network of two-convolution blocks, as He et al. (2016, arXiv:1512.03385) built for the small pictures of
 * CIFAR: a first convolution, three stages of 3x3 convolutions with f, 2f and 4f filters, the second and third of which
 * halve the stamp in their first convolution, the mean over the stamp, and the classes. Shortcuts that change shape are
 * 1x1 convolutions. Batch normalisation follows every convolution, so none has a bias.
 *
 * @param firstKernel pixels a side of the first convolution
 * @param firstStride its stride
 * @param blocks of each stage
 * @param filters f
 */
record BasicResnet(int firstKernel, int firstStride, int blocks, int filters) implements Architecture {
    private static final int STAGES = 3;

    /** The published network of 56 layers: 3 stages x 9 blocks x 2, the first and the last. */
    static BasicResnet of56() {
        return new BasicResnet(3, 1, 9, 16);
    }

    /**
     * A network of 14 layers for stamps: a point source is some five pixels wide, so the first convolution spans five
     * and may skip every second pixel without losing it, which leaves a quarter of the work to all that follows.
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
        Chain chain = Chain.atInput(graph, input)
                .convolution("conv1", filters, firstKernel, firstStride, firstKernel / 2, false)
                .rectifiedNormalisation("norm1");
        for (int stage = 0; stage < STAGES; stage++) {
            for (int block = 0; block < blocks; block++) {
                int stride = block == 0 && stage > 0 ? 2 : 1;
                addBlock(chain, "stage" + (stage + 1) + "_block" + (block + 1), filters << stage, stride);
            }
        }
        chain.mean("mean").classes(classes);
    }

    private static void addBlock(Chain chain, String name, int filters, int stride) {
        Chain shortcut = chain.branch();
        if (stride > 1 || chain.channels() != filters) {
            shortcut.convolution(name + "_project", filters, 1, stride, 0, false)
                    .normalisation(name + "_projectnorm");
        }
        chain.convolution(name + "_conv1", filters, 3, stride, 1, false)
                .rectifiedNormalisation(name + "_norm1")
                .convolution(name + "_conv2", filters, 3, 1, 1, false)
                .normalisation(name + "_norm2")
                .plus(name + "_sum", shortcut)
                .rectifier(name + "_relu");
    }
}
