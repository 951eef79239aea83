package dev.stampede.stamps.contract;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.CoaddKind;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What a model file says of itself, kept in the ONNX {@code metadata_props}. Training writes it, the scorer demands it.
 *
 * @param modelName the model's name, such as {@code vgg6}
 * @param modelVersion its version, such as {@code 1}
 * @param network the architecture it was trained as
 * @param recipe the normalisation of its input
 * @param channels the coadds it looks at, in the order of its input channels; at least one, each once
 * @param stampSize rows and columns of its input, pixels; 1 to {@link #MAX_STAMP_SIZE}
 * @param classes what its output tells apart, in order: two or more names, each once, one of them {@value #REAL}
 * @param threshold the calibrated probability from which a stamp is REAL, 0 to 1
 * @param temperature what the logits are divided by in the graph, so that the probabilities are calibrated; above 0
 * @param dataFingerprint SHA-256 over the training data, 64 lower-case hexadecimal digits
 * @param metrics headline figures on held-out data, by name, in order; finite; a name has no space, comma or equals sign
 * @param goldenStamps stamps with the probabilities the network gave them; at least one
 * @param pixelScaleArcsec the side of a pixel of the stamps it was trained on, arcseconds, where it is known; above 0
 */
public record ModelContract(
        String modelName,
        String modelVersion,
        String network,
        Recipe recipe,
        List<CoaddKind> channels,
        int stampSize,
        List<String> classes,
        float threshold,
        double temperature,
        String dataFingerprint,
        Map<String, Double> metrics,
        List<GoldenStamp> goldenStamps,
        OptionalDouble pixelScaleArcsec) {
    /** The version of this format; a file of another is refused. */
    public static final int FORMAT_VERSION = 1;

    /** The graph's input: float32 [N, channels, stampSize, stampSize], normalised. */
    public static final String INPUT = "stamps";

    /** The graph's output: float32 [N, classes], the calibrated probability of each. */
    public static final String OUTPUT = "probabilities";

    /**
     * The entry of the metadata, beside those of the contract, in which a retrained model tells what it was trained on, as
     * JSON: which offsets of which topics, and what was simulated. It may be absent.
     */
    public static final String PROVENANCE = "stampede.provenance";

    /** The class of stamps that hold a point source. */
    public static final String REAL = "real";

    /** The classes of a model that tells only the two verdicts. */
    public static final List<String> TWO_CLASSES = List.of("bogus", REAL);

    /** Far above any stamp of a survey (the widest known are 81 pixels); keeps a false entry from exhausting memory. */
    public static final int MAX_STAMP_SIZE = 512;

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NAME = Pattern.compile("[^=,\\s]+");

    public ModelContract {
        Objects.requireNonNull(recipe, "recipe");
        channels = List.copyOf(channels);
        classes = List.copyOf(classes);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        goldenStamps = List.copyOf(goldenStamps);
        require(!modelName.isBlank(), "the model name is blank");
        require(!modelVersion.isBlank(), "the model version is blank");
        require(!network.isBlank(), "the network's name is blank");
        require(!channels.isEmpty(), "a model needs at least one channel");
        require(new HashSet<>(channels).size() == channels.size(), "a channel is named twice: " + channels);
        require(
                stampSize >= 1 && stampSize <= MAX_STAMP_SIZE,
                "stamp size outside 1 to " + MAX_STAMP_SIZE + " pixels: " + stampSize);
        checkClasses(classes);
        require(threshold >= 0f && threshold <= 1f, "threshold outside [0, 1]: " + threshold);
        require(temperature > 0 && temperature < Double.POSITIVE_INFINITY, "temperature not above 0: " + temperature);
        require(
                SHA_256.matcher(dataFingerprint).matches(),
                "the data fingerprint is not 64 lower-case hexadecimal digits: " + dataFingerprint);
        metrics.forEach(ModelContract::checkMetric);
        require(!goldenStamps.isEmpty(), "a model needs at least one golden stamp");
        for (GoldenStamp golden : goldenStamps) {
            checkShape(golden.stamp(), channels.size(), stampSize);
        }
        pixelScaleArcsec.ifPresent(scale ->
                require(scale > 0 && scale < Double.POSITIVE_INFINITY, "pixel scale not above 0 arcseconds: " + scale));
    }

    /** A model of which no pixel scale is known. */
    public ModelContract(
            String modelName,
            String modelVersion,
            String network,
            Recipe recipe,
            List<CoaddKind> channels,
            int stampSize,
            List<String> classes,
            float threshold,
            double temperature,
            String dataFingerprint,
            Map<String, Double> metrics,
            List<GoldenStamp> goldenStamps) {
        this(
                modelName,
                modelVersion,
                network,
                recipe,
                channels,
                stampSize,
                classes,
                threshold,
                temperature,
                dataFingerprint,
                metrics,
                goldenStamps,
                OptionalDouble.empty());
    }

    private static void checkClasses(List<String> classes) {
        require(
                classes.size() >= 2 && classes.contains(REAL) && new HashSet<>(classes).size() == classes.size(),
                "the classes must be two or more, each once, one of them " + REAL + ", not " + classes);
        classes.forEach(name -> require(NAME.matcher(name).matches(), "not a name for a class: '" + name + "'"));
    }

    private static void checkMetric(String name, Double value) {
        require(NAME.matcher(name).matches(), "not a name for a metric: '" + name + "'");
        require(Double.isFinite(value), "the metric " + name + " is not finite: " + value);
    }

    private static void checkShape(Stamp golden, int channels, int size) {
        require(
                golden.channels() == channels && golden.height() == size && golden.width() == size,
                "a golden " + golden + " does not fit a model of " + channels + "x" + size + "x" + size + " pixels");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Where the probability of a point source is in the output, from 0. */
    public int realClass() {
        return classes.indexOf(REAL);
    }

    /** The entries for ONNX {@code metadata_props}, in a fixed order; {@link #parse} reads them back. */
    public Map<String, String> toMetadata() {
        return ContractMetadata.write(this);
    }

    /**
     * Reads the contract from the metadata of an ONNX file. Entries of other programs are ignored.
     *
     * @throws InvalidModelException if an entry is absent or wrong, naming it
     */
    public static ModelContract parse(Map<String, String> metadata) {
        return new ContractMetadata(metadata).read();
    }
}
