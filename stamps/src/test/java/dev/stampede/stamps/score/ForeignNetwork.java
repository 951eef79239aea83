package dev.stampede.stamps.score;

import dev.stampede.stamps.npy.NpyWriter;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A network of another project, without a contract: a matched filter of images with mean 0 and standard deviation 1, with
 * the tensors that such networks have. Its scores are computed here in double precision, without ONNX Runtime.
 */
public final class ForeignNetwork {
    private static final double SIGMA_PIXELS = 1.87;
    private static final double BIAS = -5;
    private static final int STAMPS = 12;

    private final List<Plane> planes;
    private final int size;
    private final boolean isChannelsLast;
    private final int classes;
    private final boolean hasSoftmax;
    private final boolean hasExternalWeights;
    private int[] shape;
    private String batch = "N";
    /** The weight of each number of the second input in the logit of class 1; none without that input. */
    private float[] featureWeights = {};

    private boolean isHalfPrecision;
    private long operatorSet = 17;

    private ForeignNetwork(
            List<Plane> planes,
            int size,
            boolean isChannelsLast,
            int classes,
            boolean hasSoftmax,
            boolean hasExternalWeights) {
        this.planes = planes;
        this.size = size;
        this.isChannelsLast = isChannelsLast;
        this.classes = classes;
        this.hasSoftmax = hasSoftmax;
        this.hasExternalWeights = hasExternalWeights;
        shape = isChannelsLast ? new int[] {size, size, planes.size()} : new int[] {planes.size(), size, size};
    }

    /** As of KBMOD: mean coadds of 99x99 pixels, channels first, two logits, weights in another file. */
    public static ForeignNetwork likeKbmod() {
        return new ForeignNetwork(List.of(Plane.MEAN), 99, false, 2, false, true);
    }

    /** Triplets of 21x21 pixels, channels last, the softmax of three classes, of which the second is that of sources. */
    public static ForeignNetwork ofThreeClasses() {
        return new ForeignNetwork(List.of(Plane.SCIENCE, Plane.TEMPLATE, Plane.DIFFERENCE), 21, true, 3, true, false);
    }

    /** Median coadds of 21x21 pixels and a vector of features, added to the logit of sources with these weights. */
    public static ForeignNetwork withFeatures(float... weights) {
        ForeignNetwork network = new ForeignNetwork(List.of(Plane.MEDIAN), 21, false, 2, true, false);
        network.featureWeights = weights;
        return network;
    }

    /** Its input has no batch dimension. */
    public ForeignNetwork withoutBatch() {
        batch = "";
        return this;
    }

    /** Its input has other rows and columns in the description; 0 for dynamic ones. */
    public ForeignNetwork withSize(int pixels) {
        shape = isChannelsLast ? new int[] {pixels, pixels, planes.size()} : new int[] {planes.size(), pixels, pixels};
        return this;
    }

    /** Its input, weights and output are numbers of 16 bits. */
    public ForeignNetwork withHalfPrecision() {
        isHalfPrecision = true;
        return this;
    }

    public ForeignNetwork withOperatorSet(long version) {
        operatorSet = version;
        return this;
    }

    /** Writes the network, and the file of its weights if it has one. */
    public Path write(Path file) {
        float[] weights = weights();
        ProtoMessage graph = new ProtoMessage()
                .message(1, TinyGraph.node("Flatten", "flat", "images"))
                .message(1, TinyGraph.node("Gemm", hasSoftmax ? "logits" : "scores", "flat", "weights", "bias"));
        if (featureWeights.length > 0) {
            graph.message(1, TinyGraph.node("MatMul", "known", "metadata", "feature_weights"))
                    .message(1, TinyGraph.node("Add", "sum", "logits", "known"))
                    .message(5, tensor("feature_weights", ofClass1(featureWeights), featureWeights.length, classes))
                    .message(11, value("metadata", "N", featureWeights.length));
        }
        if (hasSoftmax) {
            graph.message(1, TinyGraph.node("Softmax", "scores", featureWeights.length > 0 ? "sum" : "logits"));
        }
        float[] bias = new float[classes];
        bias[1] = (float) BIAS;
        graph.text(2, "foreign")
                .message(
                        5,
                        hasExternalWeights
                                ? external(file, weights)
                                : tensor("weights", weights, weights.length / classes, classes))
                .message(5, tensor("bias", bias, classes))
                .message(11, value("images", batch, shape));
        graph.message(12, value("scores", "N", classes));
        byte[] model = new ProtoMessage()
                .number(1, 8)
                .message(7, graph)
                .message(8, new ProtoMessage().text(1, "").number(2, operatorSet))
                .toBytes();
        return write(file, model);
    }

    private ProtoMessage tensor(String name, float[] values, int... sides) {
        return isHalfPrecision ? TinyGraph.halfTensor(name, values, sides) : TinyGraph.tensor(name, values, sides);
    }

    private static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private ProtoMessage external(Path file, float[] weights) {
        String name = file.getFileName() + ".data";
        ByteBuffer bytes = ByteBuffer.allocate(8 + weights.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(8).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(weights);
        write(file.resolveSibling(name), bytes.array());
        return new ProtoMessage()
                .number(1, weights.length / classes)
                .number(1, classes)
                .number(2, 1)
                .text(8, "weights")
                .message(13, new ProtoMessage().text(1, "location").text(2, name))
                .message(13, new ProtoMessage().text(1, "offset").text(2, "8"))
                .message(13, new ProtoMessage().text(1, "length").text(2, String.valueOf(weights.length * Float.BYTES)))
                .number(14, 1);
    }

    /** A tensor of floating-point numbers; a side of 0 is dynamic, and so is a batch with a name. */
    private ProtoMessage value(String name, String batch, int... sides) {
        ProtoMessage shape = new ProtoMessage();
        shape.message(1, batch.isEmpty() ? new ProtoMessage().number(1, 1) : new ProtoMessage().text(2, batch));
        for (int side : sides) {
            shape.message(1, side == 0 ? new ProtoMessage().text(2, "side") : new ProtoMessage().number(1, side));
        }
        ProtoMessage tensor = new ProtoMessage()
                .number(1, isHalfPrecision ? TinyGraph.FLOAT16 : TinyGraph.FLOAT)
                .message(2, shape);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
    }

    /** [number, class], as MatMul takes them. */
    private float[] ofClass1(float[] weights) {
        float[] dense = new float[weights.length * classes];
        for (int i = 0; i < weights.length; i++) {
            dense[i * classes + 1] = weights[i];
        }
        return dense;
    }

    /** [pixel, class]: the profile of a source without its mean, of unit norm, on the last plane, for class 1. */
    private float[] weights() {
        double[] profile = profile();
        float[] weights = new float[planes.size() * profile.length * classes];
        int last = planes.size() - 1;
        for (int i = 0; i < profile.length; i++) {
            int pixel = isChannelsLast ? i * planes.size() + last : last * profile.length + i;
            weights[pixel * classes + 1] = (float) profile[i];
        }
        return weights;
    }

    private double[] profile() {
        double[] profile = new double[size * size];
        double sum = 0;
        for (int i = 0; i < profile.length; i++) {
            double x = i % size - size / 2;
            double y = i / size - size / 2;
            profile[i] = Math.exp(-(x * x + y * y) / (2 * SIGMA_PIXELS * SIGMA_PIXELS));
            sum += profile[i];
        }
        double squares = 0;
        for (int i = 0; i < profile.length; i++) {
            profile[i] -= sum / profile.length;
            squares += profile[i] * profile[i];
        }
        for (int i = 0; i < profile.length; i++) {
            profile[i] /= Math.sqrt(squares);
        }
        return profile;
    }

    /** Writes stamps, and their scores as the network gives them after z-score-image. */
    public void writeGolden(Path stamps, Path scores) {
        try (NpyWriter images = NpyWriter.create(stamps, planes.size(), size, size);
                NpyWriter expected = NpyWriter.create(scores, 1)) {
            for (int i = 0; i < STAMPS; i++) {
                Stamp stamp = stamp(i, i);
                images.write(stamp);
                expected.write(new float[] {(float) score(stamp)}, 0, 1);
            }
        }
    }

    /** A source of that S/N in noise. */
    public Stamp stamp(double signalToNoise, long seed) {
        return SyntheticPointSources.stamp(planes, size, signalToNoise, new Random(seed));
    }

    /** The probability of class 1 for that stamp, and those numbers of the second input. */
    public double score(Stamp stamp, double... features) {
        double[] profile = profile();
        float[] pixels = new float[profile.length];
        stamp.plane(planes.size() - 1).copyTo(pixels, 0);
        double mean = 0;
        for (float pixel : pixels) {
            mean += pixel / (double) pixels.length;
        }
        double variance = 0;
        for (float pixel : pixels) {
            variance += (pixel - mean) * (pixel - mean) / pixels.length;
        }
        double logit = BIAS;
        for (int i = 0; i < pixels.length; i++) {
            logit += profile[i] * (pixels[i] - mean) / Math.sqrt(variance);
        }
        for (int i = 0; i < features.length; i++) {
            logit += featureWeights[i] * features[i];
        }
        return Math.exp(logit) / (Math.exp(logit) + classes - 1);
    }
}
