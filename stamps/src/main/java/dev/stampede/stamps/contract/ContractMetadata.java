package dev.stampede.stamps.contract;

import dev.stampede.stamps.contract.ModelContract.Identity;
import dev.stampede.stamps.contract.ModelContract.Input;
import dev.stampede.stamps.contract.ModelContract.Output;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The contract as text entries. Numbers are written as Java prints them, so that they parse to the same bits; golden
 * stamps and their probabilities are base64 of little-endian float32, in stamp, plane, row, column order.
 */
final class ContractMetadata {
    private static final String PREFIX = "stampede.";
    private static final String FORMAT_VERSION = PREFIX + "format_version";
    private static final String MODEL_NAME = PREFIX + "model_name";
    private static final String MODEL_VERSION = ModelContract.MODEL_VERSION;
    private static final String NETWORK = PREFIX + "network";
    private static final String PLANES = PREFIX + "planes";
    private static final String STAMP_SIZE = PREFIX + "stamp_size";
    private static final String LAYOUT = PREFIX + "layout";
    private static final String INPUT_TENSOR = PREFIX + "input_tensor";
    private static final String FEATURES = PREFIX + "features";
    private static final String FEATURES_TENSOR = PREFIX + "features_tensor";
    private static final String FEATURES_ENCODING = PREFIX + "features_encoding";
    private static final String RECIPE = PREFIX + "recipe";
    private static final String MASKED_PIXELS = PREFIX + "masked_pixels";
    private static final String MAX_MASKED_FRACTION = PREFIX + "max_masked_fraction";
    private static final String PADDING = PREFIX + "padding";
    private static final String OUTPUT_TENSOR = PREFIX + "output_tensor";
    private static final String HEAD = PREFIX + "head";
    private static final String CLASSES = PREFIX + "classes";
    private static final String REAL_CLASS = PREFIX + "real_class";
    private static final String THRESHOLD = PREFIX + "threshold";
    private static final String TEMPERATURE = PREFIX + "temperature";
    private static final String SURVEYS = PREFIX + "surveys";
    private static final String MIN_PIXEL_SCALE = PREFIX + "min_pixel_scale_arcsec";
    private static final String MAX_PIXEL_SCALE = PREFIX + "max_pixel_scale_arcsec";
    private static final String PIXEL_SCALE = PREFIX + "pixel_scale_arcsec";
    private static final String POLARITY = PREFIX + "polarity";
    private static final String DATA_FINGERPRINT = PREFIX + "data_fingerprint";
    private static final String METRICS = PREFIX + "metrics";
    private static final String FINDS_POINT_SOURCES = PREFIX + "finds_point_sources";
    private static final String GOLDEN_SHAPES = PREFIX + "golden_shapes";
    private static final String GOLDEN_STAMPS = PREFIX + "golden_stamps";
    private static final String GOLDEN_FEATURES = PREFIX + "golden_features";
    private static final String GOLDEN_PROBABILITIES = PREFIX + "golden_probabilities";

    private final ContractEntries entries;

    ContractMetadata(Map<String, String> entries) {
        this.entries = new ContractEntries(entries);
    }

    static Map<String, String> write(ModelContract contract) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(FORMAT_VERSION, String.valueOf(ModelContract.FORMAT_VERSION));
        entries.put(MODEL_NAME, contract.modelName());
        entries.put(MODEL_VERSION, contract.modelVersion());
        entries.put(NETWORK, contract.network());
        entries.put(PLANES, Plane.names(contract.planes()));
        entries.put(STAMP_SIZE, String.valueOf(contract.stampSize()));
        entries.put(LAYOUT, contract.input().layout().layoutName());
        entries.put(INPUT_TENSOR, contract.input().tensor());
        write(contract.preprocessing(), entries);
        write(contract.output(), entries);
        write(contract.domain(), entries);
        write(contract.evidence(), entries);
        if (!contract.features().isEmpty()) {
            write(contract.features(), contract.goldenStamps(), entries);
        }
        return entries;
    }

    private static void write(FeatureInput input, List<GoldenStamp> golden, Map<String, String> entries) {
        entries.put(
                FEATURES, input.features().stream().map(ScaledFeature::toString).collect(Collectors.joining(",")));
        entries.put(FEATURES_TENSOR, input.tensor());
        if (input.encoding() != FeatureEncoding.VALUES_AND_MASKS) {
            entries.put(FEATURES_ENCODING, input.encoding().encodingName());
        }
        List<CandidateFeature> kinds = input.kinds();
        float[] values = new float[golden.size() * kinds.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = golden.get(i / kinds.size()).stamp().features().get(kinds.get(i % kinds.size()));
        }
        entries.put(GOLDEN_FEATURES, Float32Text.encode(values));
    }

    private static void write(Preprocessing preprocessing, Map<String, String> entries) {
        entries.put(RECIPE, preprocessing.recipeName());
        entries.put(MASKED_PIXELS, preprocessing.masked().toString());
        entries.put(MAX_MASKED_FRACTION, String.valueOf(preprocessing.maxMaskedFraction()));
        entries.put(PADDING, preprocessing.padding().toString());
    }

    private static void write(Output output, Map<String, String> entries) {
        entries.put(OUTPUT_TENSOR, output.tensor());
        entries.put(HEAD, output.head().headName());
        entries.put(CLASSES, String.join(",", output.classes()));
        entries.put(REAL_CLASS, output.realClass());
        entries.put(THRESHOLD, String.valueOf(output.threshold()));
        entries.put(TEMPERATURE, String.valueOf(output.temperature()));
    }

    private static void write(Domain domain, Map<String, String> entries) {
        entries.put(SURVEYS, String.join(",", domain.surveys()));
        entries.put(MIN_PIXEL_SCALE, String.valueOf(domain.minPixelScaleArcsec()));
        entries.put(MAX_PIXEL_SCALE, String.valueOf(domain.maxPixelScaleArcsec()));
        entries.put(POLARITY, domain.polarity().polarityName());
        domain.pixelScaleArcsec().ifPresent(scale -> entries.put(PIXEL_SCALE, String.valueOf(scale)));
    }

    private static void write(Evidence evidence, Map<String, String> entries) {
        entries.put(DATA_FINGERPRINT, evidence.dataFingerprint());
        entries.put(
                METRICS,
                evidence.metrics().entrySet().stream()
                        .map(metric -> metric.getKey() + "=" + metric.getValue())
                        .collect(Collectors.joining(",")));
        entries.put(FINDS_POINT_SOURCES, String.valueOf(evidence.findsPointSources()));
        List<GoldenStamp> golden = evidence.goldenStamps();
        entries.put(
                GOLDEN_SHAPES,
                golden.stream()
                        .map(one -> one.stamp().height() + "x" + one.stamp().width())
                        .collect(Collectors.joining(",")));
        entries.put(GOLDEN_STAMPS, Float32Text.encode(pixelsOf(golden)));
        float[] probabilities = new float[golden.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = golden.get(i).probability();
        }
        entries.put(GOLDEN_PROBABILITIES, Float32Text.encode(probabilities));
    }

    private static float[] pixelsOf(List<GoldenStamp> golden) {
        int count = golden.stream().mapToInt(one -> one.stamp().pixels()).sum();
        float[] pixels = new float[count];
        int offset = 0;
        for (GoldenStamp one : golden) {
            one.stamp().copyTo(pixels, offset);
            offset += one.stamp().pixels();
        }
        return pixels;
    }

    ModelContract read() {
        checkFormatVersion();
        List<Plane> planes = entries.choices(PLANES, Plane.values(), Plane::planeName);
        int stampSize = stampSize();
        try {
            FeatureInput features = features();
            return new ModelContract(
                    new Identity(entries.text(MODEL_NAME), entries.text(MODEL_VERSION), entries.text(NETWORK)),
                    new Input(
                            planes,
                            stampSize,
                            entries.choice(LAYOUT, TensorLayout.values(), TensorLayout::layoutName),
                            entries.text(INPUT_TENSOR),
                            features),
                    new Preprocessing(
                            entries.choices(RECIPE, Recipe.values(), Recipe::recipeName),
                            MaskedPixels.parse(entries.text(MASKED_PIXELS)),
                            entries.number(MAX_MASKED_FRACTION, Float::valueOf),
                            Padding.parse(entries.text(PADDING))),
                    new Output(
                            entries.text(OUTPUT_TENSOR),
                            entries.choice(HEAD, Head.values(), Head::headName),
                            List.of(entries.text(CLASSES).split(",", -1)),
                            entries.text(REAL_CLASS),
                            entries.number(THRESHOLD, Float::valueOf),
                            entries.number(TEMPERATURE, Double::valueOf)),
                    domain(),
                    new Evidence(
                            entries.text(DATA_FINGERPRINT),
                            metrics(),
                            entries.flag(FINDS_POINT_SOURCES),
                            goldenStamps(planes.size(), features)));
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(
                    "the model's metadata is invalid: " + e.getMessage() + ContractEntries.REMEDY, e);
        }
    }

    private void checkFormatVersion() {
        if (!entries.has(FORMAT_VERSION)) {
            throw new InvalidModelException("the model has no entry " + FORMAT_VERSION
                    + ", so it was not written by Stampede; train one with ./stampede train, or take it in with ./stampede"
                    + " adopt");
        }
        String version = entries.text(FORMAT_VERSION);
        if (!version.equals(String.valueOf(ModelContract.FORMAT_VERSION))) {
            throw entries.wrong(
                    FORMAT_VERSION, version, "this version of Stampede reads format " + ModelContract.FORMAT_VERSION);
        }
    }

    /** Checked first, so that products with it cannot overflow. */
    private int stampSize() {
        int size = entries.number(STAMP_SIZE, Integer::valueOf);
        if (size < 1 || size > ModelContract.MAX_STAMP_SIZE) {
            throw entries.wrong(
                    STAMP_SIZE,
                    entries.text(STAMP_SIZE),
                    "it must be 1 to " + ModelContract.MAX_STAMP_SIZE + " pixels");
        }
        return size;
    }

    private Domain domain() {
        OptionalDouble scale = entries.has(PIXEL_SCALE)
                ? OptionalDouble.of(entries.number(PIXEL_SCALE, Double::valueOf))
                : OptionalDouble.empty();
        return new Domain(
                entries.list(SURVEYS),
                scale,
                entries.number(MIN_PIXEL_SCALE, Double::valueOf),
                entries.number(MAX_PIXEL_SCALE, Double::valueOf),
                entries.choice(POLARITY, Polarity.values(), Polarity::polarityName));
    }

    private Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String metric : entries.list(METRICS)) {
            int equals = metric.indexOf('=');
            try {
                metrics.put(metric.substring(0, equals), Double.valueOf(metric.substring(equals + 1)));
            } catch (IndexOutOfBoundsException | NumberFormatException e) {
                throw entries.wrong(METRICS, entries.text(METRICS), "'" + metric + "' is not name=value");
            }
        }
        return metrics;
    }

    /** Absent entries mean stamps alone; without that of the encoding, values and masks. */
    private FeatureInput features() {
        if (!entries.has(FEATURES)) {
            return FeatureInput.NONE;
        }
        FeatureEncoding encoding = entries.has(FEATURES_ENCODING)
                ? entries.choice(FEATURES_ENCODING, FeatureEncoding.values(), FeatureEncoding::encodingName)
                : FeatureEncoding.VALUES_AND_MASKS;
        try {
            return new FeatureInput(
                    entries.text(FEATURES_TENSOR),
                    encoding,
                    entries.list(FEATURES).stream().map(ScaledFeature::parse).toList());
        } catch (IllegalArgumentException invalid) {
            throw entries.wrong(FEATURES, entries.text(FEATURES), String.valueOf(invalid.getMessage()));
        }
    }

    /** The features of each of {@code count} golden stamps. */
    private List<CandidateFeatures> goldenFeatures(int count, FeatureInput input) {
        if (input.isEmpty()) {
            return Collections.nCopies(count, CandidateFeatures.NONE);
        }
        List<CandidateFeature> kinds = input.kinds();
        float[] values = entries.floats(GOLDEN_FEATURES);
        if (values.length != count * kinds.size()) {
            throw new InvalidModelException("the model's entry " + GOLDEN_FEATURES + " has " + values.length
                    + " numbers, not the " + kinds.size() + " features of each of " + count + " golden stamps"
                    + ContractEntries.REMEDY);
        }
        List<CandidateFeatures> golden = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CandidateFeatures.Builder one = CandidateFeatures.builder();
            for (int kind = 0; kind < kinds.size(); kind++) {
                one.set(kinds.get(kind), values[i * kinds.size() + kind]);
            }
            golden.add(one.build());
        }
        return golden;
    }

    private List<GoldenStamp> goldenStamps(int planes, FeatureInput input) {
        float[] probabilities = entries.floats(GOLDEN_PROBABILITIES);
        if (probabilities.length == 0) {
            throw new IllegalArgumentException("a model needs one or more golden stamps");
        }
        float[] pixels = entries.floats(GOLDEN_STAMPS);
        List<String> shapes = entries.list(GOLDEN_SHAPES);
        if (shapes.size() != probabilities.length) {
            throw entries.wrong(
                    GOLDEN_SHAPES,
                    entries.text(GOLDEN_SHAPES),
                    "it must have one shape for each of the " + probabilities.length + " in " + GOLDEN_PROBABILITIES);
        }
        List<CandidateFeatures> features = goldenFeatures(probabilities.length, input);
        List<GoldenStamp> golden = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < probabilities.length; i++) {
            String[] sides = shapes.get(i).split("x", 2);
            int height = side(sides[0]);
            int width = side(sides[sides.length - 1]);
            int end = start + planes * height * width;
            if (end > pixels.length) {
                break;
            }
            Stamp stamp = Stamp.of(planes, height, width, Arrays.copyOfRange(pixels, start, end));
            golden.add(new GoldenStamp(stamp.withFeatures(features.get(i)), probabilities[i]));
            start = end;
        }
        if (golden.size() != probabilities.length || start != pixels.length) {
            throw new InvalidModelException("the model's entry " + GOLDEN_STAMPS + " has " + pixels.length
                    + " pixels, not those of " + planes + " planes of each shape in " + GOLDEN_SHAPES
                    + ContractEntries.REMEDY);
        }
        return golden;
    }

    private int side(String text) {
        try {
            int side = Integer.parseInt(text);
            if (side >= 1 && side <= ModelContract.MAX_STAMP_SIZE) {
                return side;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw entries.wrong(GOLDEN_SHAPES, entries.text(GOLDEN_SHAPES), "a shape is ROWSxCOLUMNS, such as 63x63");
    }
}
