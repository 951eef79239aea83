package dev.stampede.training.calibrate;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** The ROC curve of predictions. A stamp counts as real if its score reaches the threshold. */
public final class RocCurve {
    /** The points of each class in a chart of the curve. */
    private static final int CHART_POINTS = 250;

    private final double[] real;
    private final double[] bogus;

    private RocCurve(double[] real, double[] bogus) {
        this.real = real;
        this.bogus = bogus;
    }

    /**
     * The curve over the log-odds of {@code predictions}.
     *
     * @throws IllegalArgumentException if a class is missing
     */
    public static RocCurve of(Predictions predictions) {
        RocCurve curve = new RocCurve(sorted(predictions, true), sorted(predictions, false));
        if (curve.real.length == 0 || curve.bogus.length == 0) {
            throw new IllegalArgumentException("a ROC curve needs both classes");
        }
        return curve;
    }

    private static double[] sorted(Predictions predictions, boolean real) {
        double[] scores = new double[predictions.size()];
        int count = 0;
        for (int i = 0; i < predictions.size(); i++) {
            if (predictions.isReal(i) == real) {
                scores[count++] = predictions.logOdds(i);
            }
        }
        double[] sorted = Arrays.copyOf(scores, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /**
     * The area under the curve: the probability that a real stamp scores above a bogus one, with ties counting half (Mann
     * and Whitney 1947).
     */
    public double area() {
        double above = 0;
        for (double score : real) {
            int below = firstNotBelow(bogus, score);
            int ties = firstAbove(bogus, score) - below;
            above += below + 0.5 * ties;
        }
        return above / ((double) real.length * bogus.length);
    }

    /**
     * The lowest threshold, as log-odds, whose false-positive rate is not above {@code maxFalsePositiveRate}. It lies
     * midway between two scores, so that rounding errors of another engine change no verdict.
     */
    public double threshold(double maxFalsePositiveRate) {
        int allowed = (int) Math.floor(maxFalsePositiveRate * bogus.length);
        if (allowed >= bogus.length) {
            return Math.min(bogus[0], real[0]) - 1;
        }
        double rejected = bogus[bogus.length - 1 - allowed];
        double accepted = Math.min(nextAbove(bogus, rejected), nextAbove(real, rejected));
        return accepted == Double.POSITIVE_INFINITY ? rejected + 1 : (rejected + accepted) / 2;
    }

    /** Thresholds for a chart of the curve in decreasing order, denser at low false-positive rates. */
    public List<Double> thresholds() {
        TreeSet<Double> chosen = new TreeSet<>();
        for (int i = 0; i < CHART_POINTS; i++) {
            double share = i / (CHART_POINTS - 1.0);
            chosen.add(real[(int) Math.round(share * (real.length - 1))]);
            chosen.add(bogus[bogus.length - (int) Math.round(Math.pow(bogus.length, share))]);
        }
        return List.copyOf(chosen.descendingSet());
    }

    private static double nextAbove(double[] sorted, double score) {
        int place = firstAbove(sorted, score);
        return place < sorted.length ? sorted[place] : Double.POSITIVE_INFINITY;
    }

    /** The share of the real stamps that score below {@code threshold}. */
    public double missedSourceRate(double threshold) {
        return (double) firstNotBelow(real, threshold) / real.length;
    }

    /** The share of the bogus stamps that reach {@code threshold}. */
    public double falsePositiveRate(double threshold) {
        return (double) (bogus.length - firstNotBelow(bogus, threshold)) / bogus.length;
    }

    private static int firstNotBelow(double[] sorted, double score) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int firstAbove(double[] sorted, double score) {
        return firstNotBelow(sorted, Math.nextUp(score));
    }
}
