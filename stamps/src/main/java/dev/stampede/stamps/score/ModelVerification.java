package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.score.Prediction.Scored;
import dev.stampede.stamps.stamp.Percentiles;
import dev.stampede.stamps.stamp.Plane;
import dev.stampede.stamps.stamp.Stamp;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Verifies a model on the serving path: with the same predictor, normaliser and session. */
final class ModelVerification {
    /**
     * The tolerance of golden probabilities. The same weights on two engines agree within 1e-5; a wrong normalisation or
     * export differs by 2.5e-4 to 1 unless the network is saturated; reduced-precision GPU arithmetic (TF32 keeps ten
     * bits, 1 in 2000) lies in between.
     */
    static final double GOLDEN_TOLERANCE = 1e-3;

    /**
     * The minimum share of the pairs (source, noise) in which the source scores higher; a tie counts half. It is 0.5 with
     * a standard deviation of 0.05 for 64 of each (Mann and Whitney 1947) for a network without any skill, 0 with swapped
     * labels, and 1 for a trained one.
     */
    static final double MIN_SHARE_ABOVE = 0.9;

    private ModelVerification() {}

    /** Throws {@link ModelVerificationException} at the first check that fails. */
    static void require(ModelContract contract, StampPredictor predict) {
        try {
            checkGoldenStamps(contract, predict);
            if (contract.evidence().findsPointSources()) {
                checkPointSources(contract, predict);
            }
        } catch (ScoringException failure) {
            throw new ModelVerificationException("check of the engine: " + failure.getMessage(), failure);
        }
    }

    private static void checkGoldenStamps(ModelContract contract, StampPredictor predict) {
        List<GoldenStamp> golden = contract.goldenStamps();
        float[] probabilities = probabilities(
                "check of the golden stamps",
                predict,
                golden.stream().map(GoldenStamp::stamp).toList());
        for (int i = 0; i < probabilities.length; i++) {
            float expected = golden.get(i).probability();
            if (Math.abs(probabilities[i] - expected) > GOLDEN_TOLERANCE) {
                throw new ModelVerificationException("check of the golden stamps: stamp " + i + " scores "
                        + probabilities[i] + ", not " + expected + " within " + GOLDEN_TOLERANCE);
            }
        }
    }

    private static void checkPointSources(ModelContract contract, StampPredictor predict) {
        List<Plane> planes = contract.planes();
        int size = contract.stampSize();
        String check = "check of synthetic point sources";
        float[] sources = probabilities(check, predict, SyntheticPointSources.sources(planes, size));
        float[] noise = probabilities(check, predict, SyntheticPointSources.noise(planes, size));
        double share = shareAbove(sources, noise);
        if (!(median(sources) > median(noise)) || share < MIN_SHARE_ABOVE) {
            throw new ModelVerificationException(String.format(
                    Locale.ROOT,
                    "%s: the median score is %.3g, that of pure noise %.3g, and the share of pairs in which the source"
                            + " scores higher is %.2f, below %.2f; are the labels swapped?",
                    check,
                    median(sources),
                    median(noise),
                    share,
                    MIN_SHARE_ABOVE));
        }
    }

    private static float[] probabilities(String check, StampPredictor predict, List<Stamp> stamps) {
        List<Prediction> predictions = predict.predict(stamps);
        float[] probabilities = new float[predictions.size()];
        for (int i = 0; i < probabilities.length; i++) {
            if (!(predictions.get(i) instanceof Scored scored)) {
                throw new ModelVerificationException(
                        check + ": stamp " + i + " gets no score but " + predictions.get(i));
            }
            probabilities[i] = scored.probability();
        }
        return probabilities;
    }

    /** The Mann-Whitney statistic divided by the number of pairs, that is the area under the ROC curve. */
    private static double shareAbove(float[] sources, float[] noise) {
        double above = 0;
        for (float source : sources) {
            for (float other : noise) {
                above += source > other ? 1 : source == other ? 0.5 : 0;
            }
        }
        return above / ((double) sources.length * noise.length);
    }

    private static double median(float[] values) {
        return Percentiles.median(
                IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray());
    }
}
