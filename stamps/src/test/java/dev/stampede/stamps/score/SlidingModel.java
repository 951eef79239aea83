package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.Domain;
import dev.stampede.stamps.contract.Evidence;
import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.contract.Preprocessing;
import dev.stampede.stamps.normalise.Recipe;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * A model for tests that finds a point source wherever it lies: a matched filter slid over the stamp, of whose answers
 * the greatest counts. Its golden probabilities are computed here, in double precision and without ONNX Runtime.
 */
public final class SlidingModel {
    private static final int SIZE = 21;
    private static final int KERNEL = 9;
    private static final double SIGMA_PIXELS = SyntheticPointSources.FWHM_PIXELS / 2.3548;
    private static final double LOGITS_PER_FILTER_UNIT = 6;
    /** Noise answers with about 0.6 at its highest, a source of S/N 10 with 1.6. */
    private static final double FILTER_AT_HALF = 1;
    /** What a pixel of one sigma becomes: about 1/5 by asinh-snr, 1/882 by sigmag-unit-sum. */
    private static final double UNIT_SUM_SCALE = 882.0 / 5;

    private SlidingModel() {}

    /** The model of that recipe, for one median plane of 21x21 pixels. */
    public static ModelFile file(Recipe recipe) {
        float[] kernel = kernel(recipe);
        ProtoMessage model = new ProtoMessage()
                .number(1, 8)
                .text(2, "stampede-tests")
                .message(7, graph(kernel))
                .message(8, new ProtoMessage().text(1, "").number(2, 17));
        contract(recipe, kernel)
                .toMetadata()
                .forEach((key, value) ->
                        model.message(14, new ProtoMessage().text(1, key).text(2, value)));
        return ModelFile.of(model.toBytes(), "the sliding model");
    }

    private static ModelContract contract(Recipe recipe, float[] kernel) {
        TinyModel stamps = TinyModel.standard();
        List<GoldenStamp> golden = List.of(0, 7, 8, 9, 30).stream()
                .map(signalToNoise -> stamps.stamp(signalToNoise, 5))
                .map(stamp -> new GoldenStamp(stamp, (float) probability(stamp, recipe, kernel)))
                .toList();
        return new ModelContract(
                new ModelContract.Identity("sliding", "1", "matched-filter"),
                new ModelContract.Input(List.of(Plane.MEDIAN), SIZE),
                Preprocessing.of(recipe),
                ModelContract.Output.uncalibrated(),
                Domain.ofTraining(OptionalDouble.empty()),
                Evidence.ofTraining("0".repeat(64), Map.of(), golden));
    }

    /** A Gaussian profile without its mean and of unit norm. */
    private static float[] kernel(Recipe recipe) {
        double[] profile = new double[KERNEL * KERNEL];
        double mean = 0;
        for (int i = 0; i < profile.length; i++) {
            int x = i % KERNEL - KERNEL / 2;
            int y = i / KERNEL - KERNEL / 2;
            profile[i] = Math.exp(-(x * x + y * y) / (2 * SIGMA_PIXELS * SIGMA_PIXELS));
            mean += profile[i] / profile.length;
        }
        double squares = 0;
        for (int i = 0; i < profile.length; i++) {
            profile[i] -= mean;
            squares += profile[i] * profile[i];
        }
        double scale = (recipe == Recipe.SIGMAG_UNIT_SUM ? UNIT_SUM_SCALE : 1) / Math.sqrt(squares);
        float[] kernel = new float[profile.length];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (profile[i] * scale);
        }
        return kernel;
    }

    private static double probability(Stamp stamp, Recipe recipe, float[] kernel) {
        float[] pixels = new float[SIZE * SIZE];
        stamp.copyTo(pixels, 0);
        recipe.newNormaliser(1, pixels.length).normalise(pixels, 0, pixels, 0);
        double max = Double.NEGATIVE_INFINITY;
        for (int place = 0; place < pixels.length; place++) {
            double answer = 0;
            for (int i = 0; i < kernel.length; i++) {
                int row = place / SIZE + i / KERNEL - KERNEL / 2;
                int column = place % SIZE + i % KERNEL - KERNEL / 2;
                if (row >= 0 && row < SIZE && column >= 0 && column < SIZE) {
                    answer += (double) kernel[i] * pixels[row * SIZE + column];
                }
            }
            max = Math.max(max, answer);
        }
        return 1 / (1 + Math.exp(-LOGITS_PER_FILTER_UNIT * (max - FILTER_AT_HALF)));
    }

    /** Field numbers are those of {@code onnx.proto}. */
    private static ProtoMessage graph(float[] kernel) {
        int margin = KERNEL / 2;
        ProtoMessage pads = new ProtoMessage().text(1, "pads");
        for (int side = 0; side < 4; side++) {
            pads.number(8, margin);
        }
        return new ProtoMessage()
                .message(
                        1, TinyGraph.node("Conv", "answers", "stamps", "kernel").message(5, pads.number(20, 7)))
                .message(1, TinyGraph.node("GlobalMaxPool", "greatest", "answers"))
                .message(1, TinyGraph.node("Flatten", "flat", "greatest"))
                .message(1, TinyGraph.node("Gemm", "logits", "flat", "weights", "bias"))
                .message(1, TinyGraph.node("Softmax", "probabilities", "logits"))
                .text(2, "sliding")
                .message(5, TinyGraph.tensor("kernel", kernel, 1, 1, KERNEL, KERNEL))
                .message(5, TinyGraph.tensor("weights", new float[] {0, (float) LOGITS_PER_FILTER_UNIT}, 1, 2))
                .message(
                        5,
                        TinyGraph.tensor(
                                "bias", new float[] {0, (float) (-LOGITS_PER_FILTER_UNIT * FILTER_AT_HALF)}, 2))
                .message(11, value("stamps", 1, SIZE, SIZE))
                .message(12, value("probabilities", 2));
    }

    /** A float32 tensor whose first dimension is open. */
    private static ProtoMessage value(String name, int... dimensions) {
        ProtoMessage shape = new ProtoMessage().message(1, new ProtoMessage().text(2, "N"));
        for (int dimension : dimensions) {
            shape.message(1, new ProtoMessage().number(1, dimension));
        }
        ProtoMessage type = new ProtoMessage().number(1, 1).message(2, shape);
        return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, type));
    }

    /**
     * A stamp of 21x21 pixels with a point source of peak {@code peakSigma}, in units of the noise, at ({@code row},
     * {@code column}), in white noise of sigma 10 on a level of 1000.
     */
    public static Stamp stamp(int row, int column, double peakSigma, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            int y = i / SIZE - row;
            int x = i % SIZE - column;
            double profile = Math.exp(-(x * x + y * y) / (2 * SIGMA_PIXELS * SIGMA_PIXELS));
            pixels[i] = (float) (1000 + 10 * (peakSigma * profile + random.nextGaussian()));
        }
        return Stamp.of(1, SIZE, SIZE, pixels);
    }
}
