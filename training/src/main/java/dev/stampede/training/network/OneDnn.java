package dev.stampede.training.network;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;

/**
 * The fast convolutions of oneDNN. Deeplearning4j has them off by default and falls back to others, ten times slower,
 * without a word; so they are switched on here and demanded. Only tensors in N, channel, row, column order are safe: in
 * the other order their gradients are wrong.
 */
final class OneDnn {
    /** Deeplearning4j reads it whenever it makes a layer. */
    private static final String DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

    private OneDnn() {}

    /** Must come before a network is made. */
    static void enable() {
        System.setProperty(DISABLED, "false");
    }

    /** Whether layers made now are the fast ones. */
    static boolean isEnabled() {
        return !Boolean.parseBoolean(System.getProperty(DISABLED, "true"));
    }

    /**
     * Checks that every convolution of {@code graph} has its fast implementation.
     *
     * @throws SlowEngineException naming the first that lacks it
     */
    static void demand(ComputationGraph graph) {
        for (Layer layer : graph.getLayers()) {
            if (layer instanceof ConvolutionLayer && layer.getHelper() == null) {
                throw new SlowEngineException("layer " + layer.conf().getLayer().getLayerName()
                        + " would run without oneDNN, ten times slower; is nd4j-native's classifier"
                        + " linux-x86_64-onednn-avx2 on the class path?");
            }
        }
    }
}
