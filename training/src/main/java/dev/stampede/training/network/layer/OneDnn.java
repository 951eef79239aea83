package dev.stampede.training.network.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;

/**
 * Enables the convolutions of oneDNN. Deeplearning4j disables them by default and silently falls back to implementations
 * that are ten times slower. Only NCHW tensors are safe: in NHWC order the gradients are wrong.
 */
public final class OneDnn {
    /** Deeplearning4j reads this property when it creates a layer. */
    private static final String DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

    private OneDnn() {}

    /** Must be called before a network is created. */
    public static void enable() {
        System.setProperty(DISABLED, "false");
    }

    /** Whether new layers use oneDNN. */
    static boolean isEnabled() {
        return !Boolean.parseBoolean(System.getProperty(DISABLED, "true"));
    }

    /**
     * Checks that every convolution of {@code graph} uses oneDNN.
     *
     * @throws OneDnnUnavailableException naming the first that does not
     */
    public static void require(ComputationGraph graph) {
        for (Layer layer : graph.getLayers()) {
            if (layer instanceof ConvolutionLayer && layer.getHelper() == null) {
                throw new OneDnnUnavailableException(
                        "Layer " + layer.conf().getLayer().getLayerName()
                                + " would run without oneDNN, ten times slower. Put nd4j-native with the classifier"
                                + " linux-x86_64-onednn-avx2 on the class path.");
            }
        }
    }
}
