package dev.stampede.training.calibrate;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Predictions for labelled examples, as log-odds ln(P(real) / P(not real)). */
public final class Predictions {
    private final double[] logOdds;
    private final boolean[] real;

    private Predictions(double[] logOdds, boolean[] real) {
        this.logOdds = logOdds;
        this.real = real;
    }

    /** Copies the arrays. */
    public static Predictions of(double[] logOdds, boolean[] real) {
        if (logOdds.length != real.length) {
            throw new IllegalArgumentException(logOdds.length + " predictions for " + real.length + " labels");
        }
        return new Predictions(logOdds.clone(), real.clone());
    }

    /** The predictions whose index matches {@code chosen}. */
    public Predictions only(IntPredicate chosen) {
        int[] indices = IntStream.range(0, size()).filter(chosen).toArray();
        boolean[] labels = new boolean[indices.length];
        for (int i = 0; i < indices.length; i++) {
            labels[i] = real[indices[i]];
        }
        return new Predictions(
                IntStream.of(indices).mapToDouble(i -> logOdds[i]).toArray(), labels);
    }

    /** The number of examples. */
    public int size() {
        return real.length;
    }

    public boolean isReal(int index) {
        return real[index];
    }

    /** The log-odds of an example. */
    public double logOdds(int index) {
        return logOdds[index];
    }

    /** P(real) of an example, with its log-odds divided by {@code temperature}. */
    public float probability(int index, double temperature) {
        return (float) (1 / (1 + Math.exp(-logOdds[index] / temperature)));
    }

    /** The log loss at {@code temperature}, nats. */
    public double logLoss(double temperature) {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            double against = (real[i] ? -logOdds[i] : logOdds[i]) / temperature;
            // ln(1 + e^x) without overflow.
            sum += Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)));
        }
        return sum / size();
    }

    /** The share of the examples whose most probable class is the true one. */
    public double accuracy() {
        int right = 0;
        for (int i = 0; i < size(); i++) {
            right += logOdds[i] > 0 == real[i] ? 1 : 0;
        }
        return (double) right / size();
    }
}
