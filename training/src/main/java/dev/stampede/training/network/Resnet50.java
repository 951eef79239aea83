package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * The residual network of 50 layers of He et al. (2016, arXiv:1512.03385), as it was published for stamps: zero padding
 * of 3, a 7x7 convolution with stride 2, 3x3 maximum pooling with stride 2, stages of 3, 4, 6 and 3 bottleneck blocks, and
 * the output layer on the flattened activations. All stages but the first start with stride 2 in the first convolution of
 * their first block and its shortcut. Every convolution has a bias, as in Keras, although the following batch
 * normalisation makes it redundant.
 *
 * <p>Stamps of 21x21 pixels become 11x11, 5x5, then 5, 3, 2 and 1 pixels in the four stages. For one channel it has
 * 23,585,538 parameters: those of Keras' ResNet50 without its top, 23,587,712, less 7 x 7 x 2 x 64 = 6,272 for the two
 * channels that a stamp lacks, and 2,048 x 2 + 2 = 4,098 of the classes.
 *
 * @param filters of the first convolution; a block of stage k has 2^k times as many, its last convolution four times that
 */
record Resnet50(int filters) implements Architecture {
    private static final int[] BLOCKS = {3, 4, 6, 3};

    /** The filters of the last convolution of a block as a multiple of those of the others. */
    private static final int EXPANSION = 4;

    @Override
    public int smallestSize() {
        // From the output: the pooling needs 3 rows, so the convolution needs 2 x (3 - 1) + 7 - 2 x 3 = 5.
        return 5;
    }

    @Override
    public void addTo(GraphBuilder graph, StampShape input, int classes) {
        LayerChain chain = LayerChain.atInput(graph, input)
                .convolution("conv1", filters, 7, 2, 3, true)
                .batchNormRelu("norm1")
                .maxPool("pool1", 3, 2);
        for (int stage = 0; stage < BLOCKS.length; stage++) {
            for (int block = 0; block < BLOCKS[stage]; block++) {
                int stride = block == 0 && stage > 0 ? 2 : 1;
                String name = "stage" + (stage + 1) + "_block" + (block + 1);
                addBlock(chain, name, filters << stage, stride, block == 0);
            }
        }
        chain.classes(classes);
    }

    private static void addBlock(LayerChain chain, String name, int filters, int stride, boolean projects) {
        LayerChain shortcut = chain.branch();
        if (projects) {
            shortcut.convolution(name + "_project", EXPANSION * filters, 1, stride, 0, true)
                    .batchNorm(name + "_projectnorm");
        }
        chain.convolution(name + "_conv1", filters, 1, stride, 0, true)
                .batchNormRelu(name + "_norm1")
                .convolution(name + "_conv2", filters, 3, 1, 1, true)
                .batchNormRelu(name + "_norm2")
                .convolution(name + "_conv3", EXPANSION * filters, 1, 1, 0, true)
                .batchNorm(name + "_norm3")
                .plusRelu(name + "_sum", shortcut);
    }
}
