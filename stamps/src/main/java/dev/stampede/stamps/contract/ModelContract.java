package dev.stampede.stamps.contract;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.CoaddKind;
import java.util.List;
import java.util.Map;

/**
 * What a model file says of itself, kept in the ONNX {@code metadata_props}. Training writes it, the scorer demands it.
 *
 * @param modelName the model's name, such as {@code vgg6}
 * @param modelVersion its version, such as {@code 1}
 * @param network the architecture it was trained as
 * @param recipe the normalisation of its input
 * @param channels the coadds it looks at, in the order of its input channels; at least one, each once
 * @param stampSize rows and columns of its input, pixels
 * @param threshold the calibrated probability from which a stamp is REAL, 0 to 1
 * @param temperature what the logits are divided by in the graph, so that the probabilities are calibrated; above 0
 * @param dataFingerprint SHA-256 over the training data, hexadecimal
 * @param metrics headline figures on held-out data, by name
 * @param goldenStamps stamps with the probabilities the network gave them; at least one
 */
public record ModelContract(
        String modelName,
        String modelVersion,
        String network,
        Recipe recipe,
        List<CoaddKind> channels,
        int stampSize,
        float threshold,
        double temperature,
        String dataFingerprint,
        Map<String, Double> metrics,
        List<GoldenStamp> goldenStamps) {
    /** The version of this format; a file of another is refused. */
    public static final int FORMAT_VERSION = 1;

    /** The graph's input: float32 [N, channels, stampSize, stampSize], normalised. */
    public static final String INPUT = "stamps";

    /** The graph's output: float32 [N, 2], class 0 bogus, class 1 real. */
    public static final String OUTPUT = "probabilities";

    /** The entries for ONNX {@code metadata_props}; {@link #parse} reads them back. */
    public Map<String, String> toMetadata() {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads the contract from the metadata of an ONNX file.
     *
     * @throws InvalidModelException if an entry is absent or wrong, naming it
     */
    public static ModelContract parse(Map<String, String> metadata) {
        throw new UnsupportedOperationException();
    }
}
