package dev.stampede.training.dataset;

import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.contract.Preprocessing;
import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.PixelQuality;
import dev.stampede.stamps.stamp.QualityMeter;
import java.util.Arrays;

/**
 * The normalised stamps of a data set, or a subset of them. Stamps on which a scorer abstains are left out. Immutable;
 * subsets share the pixels.
 */
public final class Examples {
    private final LabelledStamps source;
    private final ClassNames classes;
    private final PixelStore pixels;
    /** The row in {@code pixels} of each example. */
    private final int[] rows;
    /** The index in {@code source} of each row in {@code pixels}. */
    private final int[] stamps;

    private final FeatureInput featureInput;
    private final SoftLabels softLabels;

    private Examples(
            LabelledStamps source,
            ClassNames classes,
            PixelStore pixels,
            int[] rows,
            int[] stamps,
            FeatureInput featureInput,
            SoftLabels softLabels) {
        this.source = source;
        this.classes = classes;
        this.pixels = pixels;
        this.rows = rows;
        this.stamps = stamps;
        this.featureInput = featureInput;
        this.softLabels = softLabels;
    }

    /** Normalises all stamps of {@code source} that can be classified, as real or bogus. */
    public static Examples of(LabelledStamps source, Recipe recipe) {
        return of(source, recipe, ClassNames.TWO);
    }

    /**
     * The same with other classes.
     *
     * @throws InvalidDataException if a stamp has none of the classes
     */
    public static Examples of(LabelledStamps source, Recipe recipe, ClassNames classes) {
        StampShape shape = source.shape();
        int parts = recipe.isJoint() ? 1 : shape.planes();
        Normaliser normaliser = recipe.newNormaliser(shape.planes() / parts * shape.size(), shape.size());
        QualityMeter meter = new QualityMeter(shape.size(), shape.size());
        PixelStore.Writer pixels = PixelStore.writer(source.size(), shape.pixels());
        float[] row = new float[shape.pixels()];
        int[] stamps = new int[source.size()];
        int kept = 0;
        for (int i = 0; i < source.size(); i++) {
            source.copyTo(i, row, 0);
            if (canBeClassified(row, shape, meter) && normalise(row, parts, normaliser)) {
                classes.of(source.isReal(i), source.kind(i));
                pixels.add(row, 0);
                stamps[kept++] = i;
            }
        }
        int[] rows = new int[kept];
        Arrays.setAll(rows, place -> place);
        return new Examples(source, classes, pixels.done(), rows, stamps, FeatureInput.NONE, SoftLabels.NONE);
    }

    private static boolean canBeClassified(float[] pixels, StampShape shape, QualityMeter meter) {
        for (int plane = 0; plane < shape.planes(); plane++) {
            PixelQuality quality = meter.measure(pixels, plane * shape.planePixels());
            if (quality.maskedFraction() > Preprocessing.MAX_MASKED_FRACTION || !(quality.sigmaG() > 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean normalise(float[] pixels, int parts, Normaliser normaliser) {
        for (int part = 0; part < parts; part++) {
            int start = part * (pixels.length / parts);
            if (!normaliser.normalise(pixels, start, pixels, start)) {
                return false;
            }
        }
        return true;
    }

    /** The examples at {@code indices}, in that order. */
    Examples part(int[] indices) {
        return new Examples(
                source,
                classes,
                pixels,
                Arrays.stream(indices).map(i -> rows[i]).toArray(),
                stamps,
                featureInput,
                softLabels);
    }

    /** The same examples for a network that takes features. */
    Examples with(FeatureInput input) {
        return new Examples(source, classes, pixels, rows, stamps, input, softLabels);
    }

    /** The same examples with the labels of a teacher; the classes must be the two of {@link ClassNames#TWO}. */
    Examples with(SoftLabels labels) {
        return new Examples(source, classes, pixels, rows, stamps, featureInput, labels);
    }

    /** The labels that a network is trained with. */
    public SoftLabels softLabels() {
        return softLabels;
    }

    /** The features that the network takes. */
    public FeatureInput featureInput() {
        return featureInput;
    }

    /** What the search knows of an example. */
    public CandidateFeatures features(int index) {
        return source.features(stampIndex(index));
    }

    /** The data set of the examples. */
    public LabelledStamps source() {
        return source;
    }

    public StampShape shape() {
        return source.shape();
    }

    /** The number of examples. */
    public int size() {
        return rows.length;
    }

    /** The number of real examples. */
    public int realCount() {
        int count = 0;
        for (int i = 0; i < size(); i++) {
            count += isReal(i) ? 1 : 0;
        }
        return count;
    }

    public boolean isReal(int index) {
        return source.isReal(stampIndex(index));
    }

    /** The classes of the examples. */
    public ClassNames classes() {
        return classes;
    }

    /** The class of an example as an index into {@link #classes()}. */
    public int classOf(int index) {
        int stamp = stampIndex(index);
        return classes.of(source.isReal(stamp), source.kind(stamp));
    }

    /** Writes the probability that a network is to give each class of an example; {@code target} must be 0 there. */
    public void putLabel(int index, float[] target, int offset) {
        target[offset + classOf(index)] = 1;
        softLabels.soften(stampIndex(index), target, offset);
    }

    /** The index of the raw stamp of an example in {@link #source()}. */
    public int stampIndex(int index) {
        return stamps[rows[index]];
    }

    /** One normalised pixel of an example, by its index in plane, row, column order. */
    public float pixel(int index, int pixel) {
        return pixels.pixel(rows[index], pixel);
    }

    /** Copies the normalised pixels of an example, in plane, row, column order. */
    public void copyTo(int index, float[] target, int offset) {
        pixels.copyTo(rows[index], target, offset);
    }
}
