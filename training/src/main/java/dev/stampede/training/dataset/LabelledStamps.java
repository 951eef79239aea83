package dev.stampede.training.dataset;

import dev.stampede.stamps.file.Sha256;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Raw stamps of one shape with their labels. Immutable; the pixels are in stamp, plane, row, column order, on disk if
 * they do not fit in memory.
 */
public final class LabelledStamps {
    private final StampShape shape;
    private final StampShape stored;
    private final PixelStore pixels;
    /** The stored planes that the stamps have, in order. */
    private final int[] planes;

    /** Whether the stamps have all stored planes, in the stored order. */
    private final boolean isWhole;

    private final boolean[] real;
    private final List<TruthFile.Row> truth;
    /** The end index of each data set that was read. */
    private final int[] ends;

    private LabelledStamps(
            StampShape stored, PixelStore pixels, int[] planes, boolean[] real, List<TruthFile.Row> truth, int[] ends) {
        this.shape = new StampShape(planes.length, stored.size());
        this.stored = stored;
        this.pixels = pixels;
        this.planes = planes;
        this.isWhole = Arrays.equals(planes, IntStream.range(0, stored.planes()).toArray());
        this.real = real;
        this.truth = truth;
        this.ends = ends;
    }

    /**
     * All stamps of {@code sets}, in order; a set may be empty.
     *
     * @throws InvalidDataException if all are empty, or they differ in shape
     */
    static LabelledStamps joined(List<LabelledStamps> sets) {
        StampShape shape = sets.stream()
                .filter(set -> set.size() > 0)
                .map(LabelledStamps::shape)
                .findFirst()
                .orElseThrow(() -> new InvalidDataException("All data sets are empty."));
        Builder builder =
                new Builder(shape, sets.stream().mapToLong(LabelledStamps::size).sum());
        int[] ends = new int[sets.size()];
        for (int i = 0; i < ends.length; i++) {
            LabelledStamps set = sets.get(i);
            if (set.size() > 0 && !set.shape().equals(shape)) {
                throw new InvalidDataException(
                        "The data sets differ in shape: " + shape + " and " + set.shape() + " pixels.");
            }
            for (int stamp = 0; stamp < set.size(); stamp++) {
                builder.add(set.stamp(stamp), set.isReal(stamp), set.truth.get(stamp));
            }
            ends[i] = set.size() + (i == 0 ? 0 : ends[i - 1]);
        }
        return builder.build(ends);
    }

    public StampShape shape() {
        return shape;
    }

    /** The number of stamps. */
    public int size() {
        return real.length;
    }

    /** The index of the data set of a stamp among those that were read together. */
    public int dataSet(int index) {
        int set = 0;
        while (index >= ends[set]) {
            set++;
        }
        return set;
    }

    /** The number of real stamps. */
    int realCount() {
        int count = 0;
        for (boolean one : real) {
            count += one ? 1 : 0;
        }
        return count;
    }

    public boolean isReal(int index) {
        return real[index];
    }

    /** The group of stamps of the same sky; empty for none. */
    public String group(int index) {
        return truth.get(index).group();
    }

    /** Matched-filter S/N of the stamp; NaN if unknown. */
    public double signalToNoise(int index) {
        return truth.get(index).signalToNoise();
    }

    /** The kind of object in the stamp, such as {@code noise_peak}; empty if unknown. */
    public String kind(int index) {
        return truth.get(index).kind();
    }

    /** Full width at half maximum of the object in the stamp, pixels; NaN if unknown. */
    public double fwhmPixels(int index) {
        return truth.get(index).fwhmPixels();
    }

    /** The source of the label, such as {@code KNOWN_OBJECT}; empty if unknown. */
    public String labelSource(int index) {
        return truth.get(index).labelSource();
    }

    /** What the search knows of the candidate. */
    public CandidateFeatures features(int index) {
        return truth.get(index).features();
    }

    /** Whether {@code feature} of any candidate is known. */
    public boolean has(CandidateFeature feature) {
        return truth.stream().anyMatch(row -> row.features().has(feature));
    }

    /** The stamp at {@code index}, from 0, with its features. */
    public Stamp stamp(int index) {
        float[] copy = new float[shape.pixels()];
        copyTo(index, copy, 0);
        return Stamp.of(shape.planes(), shape.size(), shape.size(), copy).withFeatures(features(index));
    }

    void copyTo(int index, float[] target, int offset) {
        if (isWhole) {
            pixels.copyTo(index, target, offset);
            return;
        }
        float[] row = new float[stored.pixels()];
        pixels.copyTo(index, row, 0);
        int size = shape.planePixels();
        for (int plane = 0; plane < planes.length; plane++) {
            System.arraycopy(row, planes[plane] * size, target, offset + plane * size, size);
        }
    }

    /**
     * The same stamps with some of their planes.
     *
     * @param own the planes that the stamps have, in order
     * @param wanted some of them, in the order of the result
     * @throws InvalidDataException if a plane is not among those of the stamps
     */
    public LabelledStamps withPlanes(List<Plane> own, List<Plane> wanted) {
        int[] chosen = wanted.stream()
                .mapToInt(plane -> {
                    if (!own.contains(plane)) {
                        throw new InvalidDataException(
                                "The stamps have the planes " + Plane.names(own) + ", not " + plane.planeName() + ".");
                    }
                    return planes[own.indexOf(plane)];
                })
                .toArray();
        return new LabelledStamps(stored, pixels, chosen, real, truth, ends);
    }

    /** SHA-256 over the shape, and each stamp's label and little-endian pixels; 64 hexadecimal digits. */
    public String fingerprint() {
        MessageDigest digest = Sha256.newDigest();
        digest.update((shape + " ").getBytes(StandardCharsets.US_ASCII));
        ByteBuffer one = ByteBuffer.allocate(1 + Float.BYTES * shape.pixels()).order(ByteOrder.LITTLE_ENDIAN);
        float[] row = new float[shape.pixels()];
        for (int i = 0; i < size(); i++) {
            copyTo(i, row, 0);
            one.clear().put((byte) (real[i] ? 1 : 0));
            for (float pixel : row) {
                one.putFloat(pixel);
            }
            digest.update(one.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Collects stamps of one shape. */
    static final class Builder {
        private final StampShape shape;
        private final PixelStore.Writer pixels;
        private final float[] row;
        private final boolean[] real;
        private final List<TruthFile.Row> truth = new ArrayList<>();

        Builder(StampShape shape, long stamps) {
            if (stamps > Integer.MAX_VALUE - 8) {
                throw new InvalidDataException(
                        stamps + " stamps are too many; the maximum is " + (Integer.MAX_VALUE - 8) + ".");
            }
            this.shape = shape;
            this.pixels = PixelStore.writer(stamps, shape.pixels());
            this.row = new float[shape.pixels()];
            this.real = new boolean[(int) stamps];
        }

        void add(Stamp stamp, boolean isReal, TruthFile.Row metadata) {
            stamp.copyTo(row, 0);
            pixels.add(row, 0);
            real[truth.size()] = isReal;
            truth.add(metadata.completedBy(stamp));
        }

        LabelledStamps build() {
            return build(new int[] {real.length});
        }

        private LabelledStamps build(int[] ends) {
            int[] planes = IntStream.range(0, shape.planes()).toArray();
            return new LabelledStamps(shape, pixels.done(), planes, real, List.copyOf(truth), ends);
        }
    }
}
