package dev.stampede.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stampede.training.dataset.StampShape;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.learning.config.NoOp;

class NetworkTest {
    private static final StampShape SHAPE = new StampShape(1, 21);

    /**
     * By hand, without biases: resnet56 has 144 in its first convolution, 41,472 and 161,280 and 645,120 in its stages,
     * 512 + 2,048 in its projections, 4 x (19 x 16 + 19 x 32 + 19 x 64) in its normalisations and 130 in its classes;
     * resnet14 400, 9,216, 32,256, 129,024, 2,560, 4 x 5 x (16 + 32 + 64) and 130.
     */
    @ParameterizedTest(name = "{0} has {1} parameters")
    @CsvSource({
        "SIMPLE, 27452",
        "SIMPLE_BN, 27692",
        "VGG6, 25458",
        "RESNET50, 23585538",
        "RESNET56, 859218",
        "RESNET14, 175826"
    })
    void hasTheParametersOfThePublishedOne(Network network, long parameters) {
        assertThat(network.create(SHAPE, 2, new NoOp(), 1).numParams()).isEqualTo(parameters);
    }

    /**
     * By hand: vgg6 has 32 x 6 x 6 or 32 x 10 x 10 inputs of its dense layer instead of 32, simple 30 x 63 x 63 or 30 x 99 x
     * 99 inputs of its classes; two more planes add 2 x 9 x 16 weights to the first convolution of vgg6 and resnet56,
     * 2 x 25 x 16 of resnet14, 2 x 49 x 64 of resnet50, and 2 x 30 of simple. resnet50 ends in
     * 2 x 2 or 3 x 3 pixels of 2048 channels instead of one, resnet14 and resnet56 in their average.
     */
    @ParameterizedTest(name = "{0} has {1} parameters for triplets of 63x63 pixels and {2} for a coadd of 99x99")
    @CsvSource({
        "SIMPLE, 239192, 589052",
        "SIMPLE_BN, 239432, 589292",
        "VGG6, 312466, 836466",
        "RESNET50, 23604098, 23618306",
        "RESNET56, 859506, 859218",
        "RESNET14, 176626, 175826"
    })
    void hasTheDocumentedParametersForLargerStamps(Network network, long ofTriplets, long ofCoadds) {
        assertThat(network.create(new StampShape(3, 63), 2, new NoOp(), 1).numParams())
                .isEqualTo(ofTriplets);
        assertThat(network.create(new StampShape(1, 99), 2, new NoOp(), 1).numParams())
                .isEqualTo(ofCoadds);
    }

    @Test
    void aSecondChannelOnlyWidensTheFirstConvolution() {
        assertThat(Network.VGG6.create(new StampShape(2, 21), 2, new NoOp(), 1).numParams())
                .isEqualTo(25_458 + 9 * 16);
    }

    @Test
    void isTheSameForTheSameSeed() {
        ComputationGraph one = Network.VGG6.create(SHAPE, 2, new NoOp(), 5);
        ComputationGraph same = Network.VGG6.create(SHAPE, 2, new NoOp(), 5);
        ComputationGraph other = Network.VGG6.create(SHAPE, 2, new NoOp(), 6);
        assertThat(one.params()).isEqualTo(same.params()).isNotEqualTo(other.params());
    }

    @Test
    void rejectsStampsTooSmallForThePooling() {
        assertThat(Network.VGG6.create(new StampShape(1, 20), 2, new NoOp(), 1).numParams())
                .isEqualTo(25_458);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.VGG6.create(new StampShape(1, 19), 2, new NoOp(), 1))
                .withMessageContaining("20 pixels a side or more");
    }

    @Test
    void isFoundByItsName() {
        assertThat(Network.named("vgg6")).contains(Network.VGG6);
        assertThat(Network.named("vgg7")).isEmpty();
        assertThat(Network.names()).contains("vgg6");
    }
}
