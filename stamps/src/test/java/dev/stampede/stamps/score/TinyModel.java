package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.Evidence;
import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.contract.Preprocessing;
import dev.stampede.stamps.contract.ScaledFeature;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * A model of some kilobytes for tests, which truly finds point sources: a matched filter as a one-layer network, whose
 * probability passes one half near a signal-to-noise of 5. Each {@code with...} spoils or changes it; {@link #file()} is
 * the outcome. Its golden probabilities are computed here, in double precision and without ONNX Runtime.
 */
public final class TinyModel {
    private static final double SIGMA_PIXELS = SyntheticPointSources.FWHM_PIXELS / 2.3548;
    private static final double LOGITS_PER_FILTER_UNIT = 6;
    /** The filter's answer to a source of S/N 5: asinh(x / 5) is nearly x / 5 there. */
    private static final double FILTER_AT_HALF = 1;
    /** What a pixel of one sigma becomes: about 1/5 by asinh-snr, 1/882 by sigmag-unit-sum. */
    private static final double UNIT_SUM_SCALE = 882.0 / 5;

    private final Map<String, String> entries = new LinkedHashMap<>();
    private String name = "tiny";
    private String version = "1";
    private Recipe recipe = Recipe.ASINH_SNR;
    private List<Plane> planes = List.of(Plane.MEDIAN);
    private int stampSize = 21;
    private float threshold = 0.5f;
    private String input = ModelContract.INPUT;
    private int graphSizeExcess;
    private double sign = 1;
    private double filterOffset;
    private double goldenError;
    private FeatureInput features = FeatureInput.NONE;
    private int featureExcess;
    private boolean describesItself = true;
    private boolean answersNaN;

    private TinyModel() {}

    /** One median plane of 21x21 pixels, asinh-snr, threshold 0.5. */
    public static TinyModel standard() {
        return new TinyModel();
    }

    /** Another name and version, as after a retraining. */
    public TinyModel named(String newName, String newVersion) {
        name = newName;
        version = newVersion;
        return this;
    }

    public TinyModel withRecipe(Recipe other) {
        recipe = other;
        return this;
    }

    public TinyModel withPlanes(Plane... kinds) {
        planes = List.of(kinds);
        return this;
    }

    public TinyModel withStampSize(int pixels) {
        stampSize = pixels;
        return this;
    }

    public TinyModel withThreshold(float other) {
        threshold = other;
        return this;
    }

    /** Sets a metadata entry to {@code value}, whatever the contract says. */
    public TinyModel withEntry(String key, String value) {
        entries.put(key, value);
        return this;
    }

    /** An ONNX file that says nothing of itself. */
    public TinyModel withoutMetadata() {
        describesItself = false;
        return this;
    }

    /** The graph's input has another name than the contract says. */
    public TinyModel withInputNamed(String other) {
        input = other;
        return this;
    }

    /** The graph takes stamps larger than the contract says. */
    public TinyModel withLargerGraph() {
        graphSizeExcess = 2;
        return this;
    }

    /** Adds the scaled value of each feature to the logit, nothing for one that is masked. */
    public TinyModel withFeatures(ScaledFeature... taken) {
        features = FeatureInput.of(List.of(taken));
        return this;
    }

    /** The graph takes another number of features than the contract says. */
    public TinyModel withWiderFeatures() {
        featureExcess = 2;
        return this;
    }

    /** Trained on swapped labels: noise scores high. Its golden stamps agree with it. */
    public TinyModel withSwappedClasses() {
        sign = -1;
        return this;
    }

    /** Its filter looks {@code pixels} beside the centre, where of a source only the wing is left. */
    public TinyModel withOffCentreFilter(double pixels) {
        filterOffset = pixels;
        return this;
    }

    /** Its weights are NaN, so that every answer is. */
    public TinyModel withNaNWeights() {
        answersNaN = true;
        return this;
    }

    /** Its golden probabilities are off by {@code error}. */
    public TinyModel withGoldenError(double error) {
        goldenError = error;
        return this;
    }

    /** What the file says of itself. */
    public ModelContract contract() {
        return new ModelContract(
                new ModelContract.Identity(name, version, "matched-filter"),
                new ModelContract.Input(planes, stampSize, features),
                Preprocessing.of(recipe),
                new ModelContract.Output(ModelContract.TWO_CLASSES, threshold, 1),
                Domain.ofTraining(OptionalDouble.empty()),
                Evidence.ofTraining("0".repeat(64), Map.of("accuracy", 0.5), goldenStamps()));
    }

    public byte[] bytes() {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (describesItself) {
            metadata.putAll(contract().toMetadata());
            metadata.putAll(entries);
        }
        int size = stampSize + graphSizeExcess;
        return new TinyGraph(input, planes.size(), size, weights(size), bias())
                .withFeatures(features.width() + featureExcess)
                .toOnnx(metadata);
    }

    public ModelFile file() {
        return ModelFile.of(bytes(), "the tiny model " + name + " " + version);
    }

    /** Writes it to {@code path}, which it answers. */
    public Path write(Path path) {
        try {
            return Files.write(path, bytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * A stamp that fits this model: a source of {@code signalToNoise} at the centre, in white noise of sigma 10 on a
     * level of 1000.
     */
    public Stamp stamp(double signalToNoise, long seed) {
        return SyntheticPointSources.stamp(planes, stampSize, signalToNoise, new Random(seed));
    }

    private float bias() {
        return (float) (-sign * LOGITS_PER_FILTER_UNIT * FILTER_AT_HALF);
    }

    /** A Gaussian profile without its mean, so that no level of the stamp matters, and of unit norm. */
    private float[] weights(int size) {
        int plane = size * size;
        double[] profile = new double[plane];
        double mean = 0;
        for (int i = 0; i < plane; i++) {
            double x = i % size - size / 2 - filterOffset;
            double y = i / size - size / 2;
            profile[i] = Math.exp(-(x * x + y * y) / (2 * SIGMA_PIXELS * SIGMA_PIXELS));
            mean += profile[i] / plane;
        }
        double squares = 0;
        for (int i = 0; i < plane; i++) {
            profile[i] -= mean;
            squares += profile[i] * profile[i];
        }
        double scale = recipe == Recipe.SIGMAG_UNIT_SUM ? UNIT_SUM_SCALE : 1;
        double gain = sign * LOGITS_PER_FILTER_UNIT * scale / (Math.sqrt(squares) * planes.size());
        float[] weights = new float[planes.size() * plane];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = answersNaN ? Float.NaN : (float) (gain * profile[i % plane]);
        }
        return weights;
    }

    private List<GoldenStamp> goldenStamps() {
        List<GoldenStamp> golden = new ArrayList<>();
        for (double signalToNoise : new double[] {0, 4, 5, 6, 30}) {
            Stamp stamp = stamp(signalToNoise, 7).withFeatures(known(golden.size()));
            double probability = answersNaN ? 0.5 : probabilityOf(stamp) + goldenError;
            golden.add(new GoldenStamp(stamp, (float) Math.min(1, Math.max(0, probability))));
        }
        return golden;
    }

    /** Every second golden stamp has a feature. */
    private CandidateFeatures known(int golden) {
        CandidateFeatures.Builder known = CandidateFeatures.builder();
        if (golden % 2 == 1) {
            features.kinds().forEach(feature -> known.set(feature, 12));
        }
        return known.build();
    }

    private double probabilityOf(Stamp stamp) {
        int plane = stampSize * stampSize;
        float[] pixels = new float[planes.size() * plane];
        stamp.copyTo(pixels, 0);
        for (int start = 0; start < pixels.length; start += plane) {
            recipe.newNormaliser(1, plane).normalise(pixels, start, pixels, start);
        }
        float[] weights = weights(stampSize);
        double logit = bias();
        for (int i = 0; i < pixels.length; i++) {
            logit += (double) weights[i] * pixels[i];
        }
        for (ScaledFeature feature : features.features()) {
            float value = feature.of(stamp.features().get(feature.feature()));
            logit += Float.isNaN(value) ? 0 : value;
        }
        return 1 / (1 + Math.exp(-logit));
    }
}
