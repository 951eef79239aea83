package dev.stampede.training.dataset;

import dev.stampede.stamps.normalise.Normaliser;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.score.StampClassifier;
import dev.stampede.stamps.stamp.QualityMeter;
import dev.stampede.stamps.stamp.StampQuality;
import java.util.Arrays;

/**
 * Normalised stamps to fit or to test a network with: those of a data set that can be judged, or a part of them. A
 * stamp on which a scorer abstains is no example of anything. Immutable; parts share the pixels.
 */
public final class Examples {
    private final LabelledStamps source;
    private final Classes classes;
    private final PixelStore pixels;
    /** For each example its place in {@code pixels}. */
    private final int[] rows;
    /** For each place in {@code pixels} its index in {@code source}. */
    private final int[] stamps;

    private Examples(LabelledStamps source, Classes classes, PixelStore pixels, int[] rows, int[] stamps) {
        this.source = source;
        this.classes = classes;
        this.pixels = pixels;
        this.rows = rows;
        this.stamps = stamps;
    }

    /** Normalises all stamps of {@code source} that can be judged, as real or bogus. */
    public static Examples of(LabelledStamps source, Recipe recipe) {
        return of(source, recipe, Classes.TWO);
    }

    /**
     * The same, of more classes.
     *
     * @throws InvalidDataException if a stamp that can be judged is of none of them
     */
    public static Examples of(LabelledStamps source, Recipe recipe, Classes classes) {
        StampShape shape = source.shape();
        Normaliser normaliser = recipe.newNormaliser(shape.plane());
        QualityMeter meter = new QualityMeter(shape.size(), shape.size());
        PixelStore.Writer pixels = PixelStore.writer(source.size(), shape.pixels());
        float[] row = new float[shape.pixels()];
        int[] stamps = new int[source.size()];
        int kept = 0;
        for (int i = 0; i < source.size(); i++) {
            source.copyTo(i, row, 0);
            if (canBeJudged(row, shape, meter) && normalise(row, shape, normaliser)) {
                classes.of(source.isReal(i), source.kind(i));
                pixels.add(row, 0);
                stamps[kept++] = i;
            }
        }
        int[] rows = new int[kept];
        Arrays.setAll(rows, place -> place);
        return new Examples(source, classes, pixels.done(), rows, stamps);
    }

    private static boolean canBeJudged(float[] pixels, StampShape shape, QualityMeter meter) {
        for (int channel = 0; channel < shape.channels(); channel++) {
            StampQuality quality = meter.measure(pixels, channel * shape.plane());
            if (quality.maskedFraction() > StampClassifier.MAX_MASKED_FRACTION || !(quality.sigmaG() > 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean normalise(float[] pixels, StampShape shape, Normaliser normaliser) {
        for (int channel = 0; channel < shape.channels(); channel++) {
            int start = channel * shape.plane();
            if (!normaliser.normalise(pixels, start, pixels, start)) {
                return false;
            }
        }
        return true;
    }

    /** The examples at {@code indices} of these, in that order. */
    Examples part(int[] indices) {
        return new Examples(
                source,
                classes,
                pixels,
                Arrays.stream(indices).map(i -> rows[i]).toArray(),
                stamps);
    }

    /** The data set they come from. */
    public LabelledStamps source() {
        return source;
    }

    public StampShape shape() {
        return source.shape();
    }

    /** How many examples. */
    public int size() {
        return rows.length;
    }

    /** How many of them are real. */
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

    /** What is told apart. */
    public Classes classes() {
        return classes;
    }

    /** The class of an example, its place in {@link #classes()}. */
    public int classOf(int index) {
        int stamp = stampIndex(index);
        return classes.of(source.isReal(stamp), source.kind(stamp));
    }

    /** Where the raw stamp of an example is in {@link #source()}. */
    public int stampIndex(int index) {
        return stamps[rows[index]];
    }

    /** The normalised pixel {@code pixel} of an example, counted in channel, row, column order. */
    public float pixel(int index, int pixel) {
        return pixels.pixel(rows[index], pixel);
    }

    /** Copies the normalised pixels of an example, in channel, row, column order. */
    public void copyTo(int index, float[] target, int offset) {
        pixels.copyTo(rows[index], target, offset);
    }
}
