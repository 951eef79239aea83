package dev.stampede.stamps.contract;

import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * The description of a model in the ONNX {@code metadata_props} of its file: all that is needed to feed its network and to
 * trust its results. Training and {@code adopt} write it, the scorer requires it.
 */
public record ModelContract(
        Identity identity, Input input, Preprocessing preprocessing, Output output, Domain domain, Evidence evidence) {
    /** The version of this format; a file of another version is rejected. */
    public static final int FORMAT_VERSION = 2;

    /** The input of a graph that Stampede writes: float32 [N, planes, stampSize, stampSize], normalised. */
    public static final String INPUT = "stamps";

    /** The output of a graph that Stampede writes: float32 [N, classes], calibrated probabilities. */
    public static final String OUTPUT = "probabilities";

    /**
     * An optional metadata entry outside the contract: the training data of a retrained model as JSON, with the ranges of
     * offsets of topics and the simulated stamps.
     */
    public static final String PROVENANCE = "stampede.provenance";

    /** The metadata entry of the model's version. */
    public static final String MODEL_VERSION = "stampede.model_version";

    /** The class of stamps with a point source in models that Stampede trains. */
    public static final String REAL = "real";

    /** The classes of a binary model. */
    public static final List<String> TWO_CLASSES = List.of("bogus", REAL);

    /** Far above any stamp of a survey (the largest known have 99 pixels); limits the memory for an invalid entry. */
    public static final int MAX_STAMP_SIZE = 512;

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
     * The stamps that the network expects.
     *
     * @param planes what it looks at: one or more, each once, in the order of the input
     * @param stampSize rows and columns, pixels; 1 to {@link #MAX_STAMP_SIZE}
     * @param layout the order of the dimensions
     * @param tensor the name of the graph's input, of shape [N, ...] by {@code layout}
     * @param features what it takes in addition, by another input of the graph
     */
    public record Input(List<Plane> planes, int stampSize, TensorLayout layout, String tensor, FeatureInput features) {
        public Input {
            planes = List.copyOf(planes);
            Plane.requireDistinct(planes);
            require(
                    stampSize >= 1 && stampSize <= MAX_STAMP_SIZE,
                    "stamp size outside 1 to " + MAX_STAMP_SIZE + " pixels: " + stampSize);
            require(!tensor.isBlank(), "the name of the input tensor is blank");
            require(
                    features.isEmpty() || !features.tensor().equals(tensor),
                    "stamps and features are both the input tensor " + tensor);
        }

        /** Stamps alone. */
        public Input(List<Plane> planes, int stampSize, TensorLayout layout, String tensor) {
            this(planes, stampSize, layout, tensor, FeatureInput.NONE);
        }

        /** The input of a network that Stampede trains. */
        public Input(List<Plane> planes, int stampSize) {
            this(planes, stampSize, FeatureInput.NONE);
        }

        /** The same with features. */
        public Input(List<Plane> planes, int stampSize, FeatureInput features) {
            this(planes, stampSize, TensorLayout.NCHW, INPUT, features);
        }

        /** The number of pixels of one stamp, all planes together. */
        public int pixels() {
            return planes.size() * stampSize * stampSize;
        }
    }

    /**
     * What the network computes.
     *
     * @param tensor the name of the graph's output, of shape [N, ...]
     * @param head what its numbers are
     * @param classes two or more names in the order of the output, each once; of a network with one number per stamp, the
     *     second is that of its probability
     * @param realClass the class whose probability is that of a point source, one of {@code classes}
     * @param threshold the minimum probability of a REAL stamp, 0 to 1
     * @param temperature the divisor of the logits that calibrates the probabilities, above 0; inside the graph if that
     *     computes probabilities
     */
    public record Output(
            String tensor, Head head, List<String> classes, String realClass, float threshold, double temperature) {
        public Output {
            classes = List.copyOf(classes);
            require(!tensor.isBlank(), "the name of the output tensor is blank");
            require(
                    classes.size() >= 2
                            && classes.contains(realClass)
                            && new HashSet<>(classes).size() == classes.size(),
                    "the classes must be two or more, each once, one of them " + realClass + ", not " + classes);
            require(
                    head.width(classes.size()) > 1
                            || (classes.size() == 2 && classes.get(1).equals(realClass)),
                    "a network with one number per stamp needs two classes, of which the second is " + realClass
                            + ", not " + classes);
            classes.forEach(name -> require(NAME.matcher(name).matches(), "not a valid class name: '" + name + "'"));
            require(threshold >= 0f && threshold <= 1f, "threshold outside [0, 1]: " + threshold);
            require(
                    temperature > 0 && temperature < Double.POSITIVE_INFINITY,
                    "temperature not above 0: " + temperature);
        }

        /** The output of a network that Stampede trains. */
        public Output(List<String> classes, float threshold, double temperature) {
            this(OUTPUT, Head.PROBABILITIES, classes, REAL, threshold, temperature);
        }

        /** Probabilities of {@link #TWO_CLASSES} with the threshold 0.5, not calibrated. */
        public static Output uncalibrated() {
            return new Output(TWO_CLASSES, 0.5f, 1);
        }

        /** The numbers that the network computes for one stamp. */
        public int width() {
            return head.width(classes.size());
        }
    }

    public ModelContract {
        preprocessing.requireFor(input.planes().size());
        for (GoldenStamp golden : evidence.goldenStamps()) {
            Stamp stamp = golden.stamp();
            int size = input.stampSize();
            require(
                    stamp.planes() == input.planes().size()
                            && preprocessing.padding().accepts(stamp, size)
                            && stamp.height() <= size
                            && stamp.width() <= size,
                    "a golden " + stamp + " does not fit a model of "
                            + input.planes().size() + "x" + size + "x" + size + " pixels");
        }
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

    public List<Plane> planes() {
        return input.planes();
    }

    /** Rows and columns of the input, pixels. */
    public int stampSize() {
        return input.stampSize();
    }

    /** What it takes in addition to stamps. */
    public FeatureInput features() {
        return input.features();
    }

    /** The names of the recipes, joined by commas. */
    public String recipeName() {
        return preprocessing.recipeName();
    }

    /** The side of a pixel of the training stamps, arcseconds; empty if unknown. */
    public OptionalDouble pixelScaleArcsec() {
        return domain.pixelScaleArcsec();
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

    public String dataFingerprint() {
        return evidence.dataFingerprint();
    }

    public Map<String, Double> metrics() {
        return evidence.metrics();
    }

    public List<GoldenStamp> goldenStamps() {
        return evidence.goldenStamps();
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
