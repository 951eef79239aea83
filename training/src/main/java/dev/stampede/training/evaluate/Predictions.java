package dev.stampede.training.evaluate;

import dev.stampede.training.dataset.Examples;
import dev.stampede.training.network.Network;
import dev.stampede.training.network.StampBatch;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network says of labelled examples, as log-odds ln(P(real) / P(bogus)) before calibration. A softmax of two
 * classes keeps them to single precision, however sure it is, for the smaller of its two probabilities does.
 */
public final class Predictions {
    private static final int BATCH = 1024;

    private final double[] logOdds;
    private final boolean[] real;

    private Predictions(double[] logOdds, boolean[] real) {
        this.logOdds = logOdds;
        this.real = real;
    }

    /** Predictions that are known; the arrays are copied. */
    static Predictions of(double[] logOdds, boolean[] real) {
        if (logOdds.length != real.length) {
            throw new IllegalArgumentException(logOdds.length + " predictions for " + real.length + " labels");
        }
        return new Predictions(logOdds.clone(), real.clone());
    }

    /** Runs {@code network} over {@code examples}, in their order. */
    public static Predictions of(ComputationGraph network, Examples examples) {
        double[] logOdds = new double[examples.size()];
        boolean[] real = new boolean[examples.size()];
        for (int start = 0; start < examples.size(); start += BATCH) {
            int[] indices = IntStream.range(start, Math.min(start + BATCH, examples.size()))
                    .toArray();
            try (StampBatch batch = StampBatch.of(examples, indices);
                    INDArray probabilities = network.outputSingle(false, batch.stamps())) {
                float[] values = probabilities.dup('c').data().asFloat();
                for (int i = 0; i < indices.length; i++) {
                    logOdds[start + i] = logOdds(values[Network.CLASSES * i], values[Network.CLASSES * i + 1]);
                    real[start + i] = examples.isReal(indices[i]);
                }
            }
        }
        return new Predictions(logOdds, real);
    }

    /** Finite for every pair of floats that a softmax gives. */
    private static double logOdds(float bogus, float isReal) {
        return Math.log(Math.max(isReal, Float.MIN_NORMAL)) - Math.log(Math.max(bogus, Float.MIN_NORMAL));
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

    /** ln(P(real) / P(bogus)) of an example, before calibration. */
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
