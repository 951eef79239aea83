package dev.stampede.training.network;

import dev.stampede.training.dataset.StampShape;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** The layers of one network, between its input and its class probabilities. */
interface Architecture {
    /**
     * Adds the layers from {@link Network#INPUT} to an output layer named {@link Network#OUTPUT} of {@code classes}
     * classes with softmax. Tensors are in N, channel, row, column order throughout.
     */
    void addTo(GraphBuilder graph, StampShape input, int classes);

    /** The smallest stamp whose pixels survive the poolings. */
    int smallestSize();
}
