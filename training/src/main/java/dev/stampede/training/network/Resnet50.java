package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * The residual network of 50 layers of He et al. (2016, arXiv:1512.03385), as it was published for stamps: zero padding
 * of 3, a 7x7 convolution with stride 2, the maximum over 3x3 with stride 2, then stages of 3, 4, 6 and 3 blocks of a
 * 1x1, a 3x3 and a 1x1 convolution, and the classes from the flattened rest. A stage other than the first halves the
 * stamp in its first 1x1 convolution and in the 1x1 convolution of that block's shortcut. Every convolution has a bias,
 * as in Keras, although the batch normalisation behind it makes it idle.
 *
 * <p>Stamps of 21x21 pixels become 11x11, 5x5, then 5, 3, 2 and 1 pixels in the four stages. For one channel it has
 * 23,585,538 parameters: those of Keras' ResNet50 without its top, 23,587,712, less 7 x 7 x 2 x 64 = 6,272 for the two
 * channels that a stamp lacks, and 2,048 x 2 + 2 = 4,098 of the classes.
 *
 * @param filters of the first convolution; a block of stage k has 2^k times as many, and four times those at its end
 */
record Resnet50(int filters) implements Architecture {
    private static final int[] BLOCKS = {3, 4, 6, 3};

    /** The last convolution of a block has so many times the filters of the others. */
    private static final int EXPANSION = 4;

    @Override
    public int smallestSize() {
        // Rows backwards: 3 into the pooling, so at least 5 + 2 x 3 - 1 - 5 = 5.
        return 5;
    }

    @Override
    public void addTo(GraphBuilder graph, StampShape input, int classes) {
        Chain chain = Chain.atInput(graph, input)
                .convolution("conv1", filters, 7, 2, 3, true)
                .rectifiedNormalisation("norm1")
                .maximum("pool1", 3, 2);
        for (int stage = 0; stage < BLOCKS.length; stage++) {
            for (int block = 0; block < BLOCKS[stage]; block++) {
                int stride = block == 0 && stage > 0 ? 2 : 1;
                String name = "stage" + (stage + 1) + "_block" + (block + 1);
                addBlock(chain, name, filters << stage, stride, block == 0);
            }
        }
        chain.classes(classes);
    }

    private static void addBlock(Chain chain, String name, int filters, int stride, boolean projects) {
        Chain shortcut = chain.branch();
        if (projects) {
            shortcut.convolution(name + "_project", EXPANSION * filters, 1, stride, 0, true)
                    .normalisation(name + "_projectnorm");
        }
        chain.convolution(name + "_conv1", filters, 1, stride, 0, true)
                .rectifiedNormalisation(name + "_norm1")
                .convolution(name + "_conv2", filters, 3, 1, 1, true)
                .rectifiedNormalisation(name + "_norm2")
                .convolution(name + "_conv3", EXPANSION * filters, 1, 1, 0, true)
                .normalisation(name + "_norm3")
                .plus(name + "_sum", shortcut)
                .rectifier(name + "_relu");
    }
}
