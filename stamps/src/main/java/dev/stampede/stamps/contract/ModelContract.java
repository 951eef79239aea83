package dev.stampede.stamps.contract;

import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.Plane;
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
 * The description of a model in the ONNX {@code metadata_props} of its file. Training writes it, the scorer requires it.
 *
 * @param dataFingerprint SHA-256 of the training data, 64 lower-case hexadecimal digits
 * @param metrics headline metrics on held-out data by name, in order; finite; a name has no space, comma or equals sign
 * @param goldenStamps one or more stamps with the probabilities that the network computed for them
 */
public record ModelContract(
        Identity identity,
        Input input,
        Output output,
        String dataFingerprint,
        Map<String, Double> metrics,
        List<GoldenStamp> goldenStamps) {
    /** The version of this format; a file of another version is rejected. */
    public static final int FORMAT_VERSION = 1;

    /** The graph's input: float32 [N, planes, stampSize, stampSize], normalised. */
    public static final String INPUT = "stamps";

    /** The graph's output: float32 [N, classes], calibrated probabilities. */
    public static final String OUTPUT = "probabilities";

    /**
     * An optional metadata entry outside the contract: the training data of a retrained model as JSON, with the ranges of
     * offsets of topics and the simulated stamps.
     */
    public static final String PROVENANCE = "stampede.provenance";

    /** The class of stamps with a point source. */
    public static final String REAL = "real";

    /** The classes of a binary model. */
    public static final List<String> TWO_CLASSES = List.of("bogus", REAL);

    /** Far above any stamp of a survey (the largest known have 81 pixels); limits the memory for an invalid entry. */
    public static final int MAX_STAMP_SIZE = 512;

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NAME = Pattern.compile("[^=,\\s]+");

    /**
     * Which model it is.
     *
     * @param name the model's name, such as {@code vgg6}
     * @param version its version, such as {@code 1}
     * @param network the architecture
     */
    public record Identity(String name, String version, String network) {
        public Identity {
            require(!name.isBlank(), "the model name is blank");
            require(!version.isBlank(), "the model version is blank");
            require(!network.isBlank(), "the network's name is blank");
        }
    }

    /**
     * The stamps that the model expects.
     *
     * @param recipe the normalisation
     * @param planes what the model looks at: one or more, each once, in the order of the input
     * @param stampSize rows and columns, pixels; 1 to {@link #MAX_STAMP_SIZE}
     * @param pixelScaleArcsec the side of a pixel of the training stamps, arcseconds, above 0; empty if unknown
     */
    public record Input(Recipe recipe, List<Plane> planes, int stampSize, OptionalDouble pixelScaleArcsec) {
        public Input {
            Objects.requireNonNull(recipe, "recipe");
            planes = List.copyOf(planes);
            Plane.requireDistinct(planes);
            require(
                    stampSize >= 1 && stampSize <= MAX_STAMP_SIZE,
                    "stamp size outside 1 to " + MAX_STAMP_SIZE + " pixels: " + stampSize);
            pixelScaleArcsec.ifPresent(scale -> require(
                    scale > 0 && scale < Double.POSITIVE_INFINITY, "pixel scale not above 0 arcseconds: " + scale));
        }

        /** Stamps of an unknown pixel scale. */
        public Input(Recipe recipe, List<Plane> planes, int stampSize) {
            this(recipe, planes, stampSize, OptionalDouble.empty());
        }
    }

    /**
     * The probabilities that the model computes.
     *
     * @param classes two or more names in the order of the output, each once, one of them {@value #REAL}
     * @param threshold the minimum calibrated probability of a REAL stamp, 0 to 1
     * @param temperature the divisor of the logits in the graph that calibrates the probabilities, above 0
     */
    public record Output(List<String> classes, float threshold, double temperature) {
        public Output {
            classes = List.copyOf(classes);
            require(
                    classes.size() >= 2 && classes.contains(REAL) && new HashSet<>(classes).size() == classes.size(),
                    "the classes must be two or more, each once, one of them " + REAL + ", not " + classes);
            classes.forEach(name -> require(NAME.matcher(name).matches(), "not a valid class name: '" + name + "'"));
            require(threshold >= 0f && threshold <= 1f, "threshold outside [0, 1]: " + threshold);
            require(
                    temperature > 0 && temperature < Double.POSITIVE_INFINITY,
                    "temperature not above 0: " + temperature);
        }

        /** Probabilities of {@link #TWO_CLASSES} with the threshold 0.5, not calibrated. */
        public static Output uncalibrated() {
            return new Output(TWO_CLASSES, 0.5f, 1);
        }
    }

    public ModelContract {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        goldenStamps = List.copyOf(goldenStamps);
        require(
                SHA_256.matcher(dataFingerprint).matches(),
                "the data fingerprint is not 64 lower-case hexadecimal digits: " + dataFingerprint);
        metrics.forEach(ModelContract::checkMetric);
        require(!goldenStamps.isEmpty(), "a model needs one or more golden stamps");
        for (GoldenStamp golden : goldenStamps) {
            checkShape(golden.stamp(), input);
        }
    }

    private static void checkMetric(String name, Double value) {
        require(NAME.matcher(name).matches(), "not a valid metric name: '" + name + "'");
        require(Double.isFinite(value), "the metric " + name + " is not finite: " + value);
    }

    private static void checkShape(Stamp golden, Input input) {
        int size = input.stampSize();
        int planes = input.planes().size();
        require(
                golden.planes() == planes && golden.height() == size && golden.width() == size,
                "a golden " + golden + " does not fit a model of " + planes + "x" + size + "x" + size + " pixels");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    public String modelName() {
        return identity.name();
    }

    public String modelVersion() {
        return identity.version();
    }

    public String network() {
        return identity.network();
    }

    public Recipe recipe() {
        return input.recipe();
    }

    public List<Plane> planes() {
        return input.planes();
    }

    /** Rows and columns of the input, pixels. */
    public int stampSize() {
        return input.stampSize();
    }

    /** The side of a pixel of the training stamps, arcseconds; empty if unknown. */
    public OptionalDouble pixelScaleArcsec() {
        return input.pixelScaleArcsec();
    }

    public List<String> classes() {
        return output.classes();
    }

    public float threshold() {
        return output.threshold();
    }

    public double temperature() {
        return output.temperature();
    }

    /** The index of the class {@value #REAL} in the output. */
    public int realClass() {
        return classes().indexOf(REAL);
    }

    /** The entries for ONNX {@code metadata_props}, in a fixed order; {@link #parse} reads them back. */
    public Map<String, String> toMetadata() {
        return ContractMetadata.write(this);
    }

    /**
     * Reads the contract from the metadata of an ONNX file. Entries of other programs are ignored.
     *
     * @throws InvalidModelException if an entry is absent or invalid, naming it
     */
    public static ModelContract parse(Map<String, String> metadata) {
        return new ContractMetadata(metadata).read();
    }
}
