package dev.stampede.stamps.score;

import dev.stampede.stamps.contract.GoldenStamp;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.score.Judgement.Scored;
import dev.stampede.stamps.stamp.Stamp;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Proves a model by the very path that serves: the same judge, the same normaliser, the same session. */
final class Proof {
    /**
     * How far a golden probability may be off. The same weights on two engines agree within 1e-5; a wrong normalisation
     * or export is off by 2.5e-4 to 1 where the network is not saturated; reduced-precision GPU arithmetic (TF32 keeps
     * ten bits, 1 in 2000) needs the room between.
     */
    static final double GOLDEN_TOLERANCE = 1e-3;

    /**
     * Share of the pairs (source, noise) in which the source must score above, a tie counting half. A network that
     * cannot tell them apart has 0.5 with a standard deviation of 0.05 for 64 of each (Mann and Whitney 1947), one with
     * swapped labels 0, a trained one 1.
     */
    static final double MIN_SHARE_ABOVE = 0.9;

    private Proof() {}

    /** Throws {@link UnprovenModelException} at the first check that fails. */
    static void demand(ModelContract contract, Judge judge) {
        try {
            checkGoldenStamps(contract, judge);
            checkPointSources(contract, judge);
        } catch (ScoringException failure) {
            throw new UnprovenModelException("check of the engine: " + failure.getMessage(), failure);
        }
    }

    private static void checkGoldenStamps(ModelContract contract, Judge judge) {
        List<GoldenStamp> golden = contract.goldenStamps();
        float[] probabilities = probabilities(
                "check of the golden stamps",
                judge,
                golden.stream().map(GoldenStamp::stamp).toList());
        for (int i = 0; i < probabilities.length; i++) {
            float expected = golden.get(i).probability();
            if (Math.abs(probabilities[i] - expected) > GOLDEN_TOLERANCE) {
                throw new UnprovenModelException("check of the golden stamps: stamp " + i + " scores "
                        + probabilities[i] + ", not " + expected + " within " + GOLDEN_TOLERANCE);
            }
        }
    }

    private static void checkPointSources(ModelContract contract, Judge judge) {
        int channels = contract.channels().size();
        int size = contract.stampSize();
        String check = "check of synthetic point sources";
        float[] sources = probabilities(check, judge, PointSources.sources(channels, size));
        float[] noise = probabilities(check, judge, PointSources.noise(channels, size));
        double share = shareAbove(sources, noise);
        if (!(median(sources) > median(noise)) || share < MIN_SHARE_ABOVE) {
            throw new UnprovenModelException(String.format(
                    Locale.ROOT,
                    "%s: they score %.3g and pure noise %.3g in the median, and %.2f of them score above, not at least"
                            + " %.2f; are the labels swapped?",
                    check,
                    median(sources),
                    median(noise),
                    share,
                    MIN_SHARE_ABOVE));
        }
    }

    private static float[] probabilities(String check, Judge judge, List<Stamp> stamps) {
        List<Judgement> judgements = judge.judge(stamps);
        float[] probabilities = new float[judgements.size()];
        for (int i = 0; i < probabilities.length; i++) {
            if (!(judgements.get(i) instanceof Scored scored)) {
                throw new UnprovenModelException(
                        check + ": stamp " + i + " cannot be judged, but is " + judgements.get(i));
            }
            probabilities[i] = scored.probability();
        }
        return probabilities;
    }

    /** The Mann-Whitney statistic over the count of pairs, which is also the area under the ROC curve. */
    private static double shareAbove(float[] sources, float[] noise) {
        double above = 0;
        for (float source : sources) {
            for (float other : noise) {
                above += source > other ? 1 : source == other ? 0.5 : 0;
            }
        }
        return above / ((double) sources.length * noise.length);
    }

    private static float median(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
