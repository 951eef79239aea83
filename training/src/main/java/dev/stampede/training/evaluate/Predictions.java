package dev.stampede.training.evaluate;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What is said of labelled examples, as log-odds ln(P(real) / P(not real)). */
public final class Predictions {
    private final double[] logOdds;
    private final boolean[] real;

    private Predictions(double[] logOdds, boolean[] real) {
        this.logOdds = logOdds;
        this.real = real;
    }

    /** Predictions that are known; the arrays are copied. */
    public static Predictions of(double[] logOdds, boolean[] real) {
        if (logOdds.length != real.length) {
            throw new IllegalArgumentException(logOdds.length + " predictions for " + real.length + " labels");
        }
        return new Predictions(logOdds.clone(), real.clone());
    }

    /** Those of the predictions whose index {@code chosen} accepts. */
    public Predictions only(IntPredicate chosen) {
        int[] indices = IntStream.range(0, size()).filter(chosen).toArray();
        boolean[] labels = new boolean[indices.length];
        for (int i = 0; i < indices.length; i++) {
            labels[i] = real[indices[i]];
        }
        return new Predictions(
                IntStream.of(indices).mapToDouble(i -> logOdds[i]).toArray(), labels);
    }

    /** How many examples were predicted. */
    public int size() {
        return real.length;
    }

    public boolean isReal(int index) {
        return real[index];
    }

    /** ln(P(real) / P(not real)) of an example. */
    public double logOdds(int index) {
        return logOdds[index];
    }

    /** P(real) of an example after its log-odds are divided by {@code temperature}. */
    public float probability(int index, double temperature) {
        return (float) (1 / (1 + Math.exp(-logOdds[index] / temperature)));
    }

    /** Mean of -ln P(true class), in nats, at {@code temperature}. */
    public double logLoss(double temperature) {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            double against = (real[i] ? -logOdds[i] : logOdds[i]) / temperature;
            // ln(1 + e^x) without overflow.
            sum += Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)));
        }
        return sum / size();
    }

    /** Share of the examples whose more probable class is the true one. */
    public double accuracy() {
        int right = 0;
        for (int i = 0; i < size(); i++) {
            right += logOdds[i] > 0 == real[i] ? 1 : 0;
        }
        return (double) right / size();
    }
}
