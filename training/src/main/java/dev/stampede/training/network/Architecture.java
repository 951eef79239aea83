package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;

/** The layers of one network, between its input and its class probabilities. */
interface Architecture {
    /** The name of the input of every network. */
    String INPUT = "stamps";

    /** The name of the output layer of every network. */
    String OUTPUT = "probabilities";

    /**
     * Adds the layers from {@link #INPUT} to an output layer named {@link #OUTPUT} of {@code classes}
     * classes with softmax. Tensors are in NCHW order.
     */
    void addTo(GraphBuilder graph, StampShape input, int classes);

    /** The types of the inputs, in order. */
    default InputType[] inputTypes(StampShape input) {
        return new InputType[] {InputType.convolutional(input.size(), input.size(), input.planes(), CNN2DFormat.NCHW)};
    }

    /** The smallest stamp that the pooling layers support, rows and columns. */
    int smallestSize();
}
