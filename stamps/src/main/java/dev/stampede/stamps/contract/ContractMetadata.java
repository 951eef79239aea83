package dev.stampede.stamps.contract;

import dev.stampede.stamps.contract.ModelContract.Identity;
import dev.stampede.stamps.contract.ModelContract.Input;
import dev.stampede.stamps.contract.ModelContract.Output;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * The contract as text entries. Numbers are written as Java prints them, so that they parse to the same bits; golden
 * stamps and their probabilities are base64 of little-endian float32, in stamp, plane, row, column order.
 */
final class ContractMetadata {
    private static final String PREFIX = "stampede.";
    private static final String FORMAT_VERSION = PREFIX + "format_version";
    private static final String MODEL_NAME = PREFIX + "model_name";
    private static final String MODEL_VERSION = PREFIX + "model_version";
    private static final String NETWORK = PREFIX + "network";
    private static final String RECIPE = PREFIX + "recipe";
    private static final String PLANES = PREFIX + "channels";
    private static final String STAMP_SIZE = PREFIX + "stamp_size";
    private static final String CLASSES = PREFIX + "classes";
    private static final String THRESHOLD = PREFIX + "threshold";
    private static final String TEMPERATURE = PREFIX + "temperature";
    private static final String DATA_FINGERPRINT = PREFIX + "data_fingerprint";
    private static final String METRICS = PREFIX + "metrics";
    private static final String GOLDEN_STAMPS = PREFIX + "golden_stamps";
    private static final String GOLDEN_PROBABILITIES = PREFIX + "golden_probabilities";
    private static final String PIXEL_SCALE = PREFIX + "pixel_scale_arcsec";

    /** The maximum number of characters of an entry in a message; it may have megabytes. */
    private static final int MAX_SHOWN = 80;

    private static final String REMEDY = "; train the model again with ./stampede train";

    private final Map<String, String> entries;

    ContractMetadata(Map<String, String> entries) {
        this.entries = entries;
    }

    static Map<String, String> write(ModelContract contract) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(FORMAT_VERSION, String.valueOf(ModelContract.FORMAT_VERSION));
        entries.put(MODEL_NAME, contract.modelName());
        entries.put(MODEL_VERSION, contract.modelVersion());
        entries.put(NETWORK, contract.network());
        entries.put(RECIPE, contract.recipe().recipeName());
        entries.put(PLANES, Plane.names(contract.planes()));
        entries.put(STAMP_SIZE, String.valueOf(contract.stampSize()));
        entries.put(CLASSES, String.join(",", contract.classes()));
        entries.put(THRESHOLD, String.valueOf(contract.threshold()));
        entries.put(TEMPERATURE, String.valueOf(contract.temperature()));
        entries.put(DATA_FINGERPRINT, contract.dataFingerprint());
        entries.put(
                METRICS,
                contract.metrics().entrySet().stream()
                        .map(metric -> metric.getKey() + "=" + metric.getValue())
                        .collect(joinedByCommas()));
        entries.put(GOLDEN_STAMPS, Float32Text.encode(pixelsOf(contract)));
        entries.put(GOLDEN_PROBABILITIES, Float32Text.encode(probabilitiesOf(contract)));
        contract.pixelScaleArcsec().ifPresent(scale -> entries.put(PIXEL_SCALE, String.valueOf(scale)));
        return entries;
    }

    private static Collector<CharSequence, ?, String> joinedByCommas() {
        return Collectors.joining(",");
    }

    private static float[] pixelsOf(ModelContract contract) {
        int size = contract.planes().size() * contract.stampSize() * contract.stampSize();
        float[] pixels = new float[size * contract.goldenStamps().size()];
        int offset = 0;
        for (GoldenStamp golden : contract.goldenStamps()) {
            golden.stamp().copyTo(pixels, offset);
            offset += size;
        }
        return pixels;
    }

    private static float[] probabilitiesOf(ModelContract contract) {
        float[] probabilities = new float[contract.goldenStamps().size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = contract.goldenStamps().get(i).probability();
        }
        return probabilities;
    }

    ModelContract read() {
        checkFormatVersion();
        List<Plane> planes = planes();
        int stampSize = stampSize();
        try {
            return new ModelContract(
                    new Identity(text(MODEL_NAME), text(MODEL_VERSION), text(NETWORK)),
                    new Input(recipe(), planes, stampSize, pixelScale()),
                    new Output(
                            List.of(text(CLASSES).split(",", -1)),
                            number(THRESHOLD, Float::valueOf),
                            number(TEMPERATURE, Double::valueOf)),
                    text(DATA_FINGERPRINT),
                    metrics(),
                    goldenStamps(planes.size(), stampSize));
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException("the model's metadata is invalid: " + e.getMessage() + REMEDY, e);
        }
    }

    private void checkFormatVersion() {
        if (!entries.containsKey(FORMAT_VERSION)) {
            throw new InvalidModelException("the model has no entry " + FORMAT_VERSION
                    + ", so it was not written by Stampede; train one with ./stampede train");
        }
        String version = text(FORMAT_VERSION);
        if (!version.equals(String.valueOf(ModelContract.FORMAT_VERSION))) {
            throw wrong(
                    FORMAT_VERSION, version, "this version of Stampede reads format " + ModelContract.FORMAT_VERSION);
        }
    }

    private Recipe recipe() {
        String name = text(RECIPE);
        return Recipe.named(name)
                .orElseThrow(() -> wrong(
                        RECIPE,
                        name,
                        "the known recipes are "
                                + Arrays.stream(Recipe.values())
                                        .map(Recipe::recipeName)
                                        .collect(Collectors.joining(" and "))));
    }

    private List<Plane> planes() {
        String named = text(PLANES);
        List<Plane> planes = new ArrayList<>();
        for (String name : named.split(",", -1)) {
            planes.add(Plane.named(name)
                    .orElseThrow(() -> wrong(PLANES, named, "the planes are " + Plane.names(List.of(Plane.values())))));
        }
        return planes;
    }

    /** Checked first, so that products with it cannot overflow. */
    private int stampSize() {
        int size = number(STAMP_SIZE, Integer::valueOf);
        if (size < 1 || size > ModelContract.MAX_STAMP_SIZE) {
            throw wrong(STAMP_SIZE, text(STAMP_SIZE), "it must be 1 to " + ModelContract.MAX_STAMP_SIZE + " pixels");
        }
        return size;
    }

    /** The only optional entry. */
    private OptionalDouble pixelScale() {
        return entries.containsKey(PIXEL_SCALE)
                ? OptionalDouble.of(number(PIXEL_SCALE, Double::valueOf))
                : OptionalDouble.empty();
    }

    private Map<String, Double> metrics() {
        String text = text(METRICS);
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String metric : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = metric.indexOf('=');
            try {
                metrics.put(metric.substring(0, equals), Double.valueOf(metric.substring(equals + 1)));
            } catch (IndexOutOfBoundsException | NumberFormatException e) {
                throw wrong(METRICS, text, "'" + metric + "' is not name=value");
            }
        }
        return metrics;
    }

    private List<GoldenStamp> goldenStamps(int planes, int stampSize) {
        float[] probabilities = floats(GOLDEN_PROBABILITIES);
        float[] pixels = floats(GOLDEN_STAMPS);
        long size = (long) planes * stampSize * stampSize;
        if (pixels.length != size * probabilities.length) {
            throw new InvalidModelException("the model's entry " + GOLDEN_STAMPS + " has " + pixels.length
                    + " pixels, not " + size + " for each of " + probabilities.length + " stamps" + REMEDY);
        }
        List<GoldenStamp> golden = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            int start = (int) (i * size);
            float[] one = Arrays.copyOfRange(pixels, start, (int) (start + size));
            golden.add(new GoldenStamp(Stamp.of(planes, stampSize, stampSize, one), probabilities[i]));
        }
        return golden;
    }

    private float[] floats(String entry) {
        String text = text(entry);
        try {
            return Float32Text.decode(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(
                    "the model's entry " + entry + " is not base64 of float32 numbers" + REMEDY, e);
        }
    }

    private <N extends Number> N number(String entry, Function<String, N> parser) {
        String text = text(entry);
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw wrong(entry, text, "it must be a number");
        }
    }

    private String text(String entry) {
        return Optional.ofNullable(entries.get(entry))
                .orElseThrow(() -> new InvalidModelException("the model has no entry " + entry + REMEDY));
    }

    private static InvalidModelException wrong(String entry, String value, String why) {
        String shown = value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "..." : value;
        return new InvalidModelException("the model's entry " + entry + " is '" + shown + "', but " + why + REMEDY);
    }
}
