package dev.stampede.training.evaluate;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.network.StampBatch;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a network says of labelled examples: ln P of each class, before calibration. */
public final class ClassScores {
    private static final int BATCH = 1024;

    private final Examples examples;
    private final int classes;
    /** In example, class order. */
    private final double[] logProbabilities;

    private ClassScores(Examples examples) {
        this.examples = examples;
        this.classes = examples.classes().size();
        this.logProbabilities = new double[examples.size() * classes];
    }

    /** Runs {@code network} over {@code examples}, in their order. */
    public static ClassScores of(ComputationGraph network, Examples examples) {
        ClassScores scores = new ClassScores(examples);
        for (int start = 0; start < examples.size(); start += BATCH) {
            int[] indices = IntStream.range(start, Math.min(start + BATCH, examples.size()))
                    .toArray();
            try (StampBatch batch = StampBatch.of(examples, indices);
                    INDArray probabilities = network.outputSingle(false, batch.stamps())) {
                float[] values = probabilities.dup('c').data().asFloat();
                for (int i = 0; i < indices.length * scores.classes; i++) {
                    // Finite for every float that a softmax gives.
                    scores.logProbabilities[start * scores.classes + i] =
                            Math.log(Math.max(values[i], Float.MIN_NORMAL));
                }
            }
        }
        return scores;
    }

    /**
     * The odds of real against all other classes together, where the network's logits are divided by {@code
     * temperature}. A softmax keeps them to single precision, however sure it is, for the smaller of its probabilities
     * does.
     */
    public Predictions at(double temperature) {
        int realClass = examples.classes().names().indexOf(ModelContract.REAL);
        double[] logOdds = new double[examples.size()];
        boolean[] real = new boolean[examples.size()];
        for (int i = 0; i < logOdds.length; i++) {
            logOdds[i] = logProbabilities[i * classes + realClass] / temperature - logSum(i, realClass, temperature);
            real[i] = examples.isReal(i);
        }
        return Predictions.of(logOdds, real);
    }

    /** ln of the sum of e^(x / temperature) over an example's classes but {@code without}; no class is -1. */
    private double logSum(int example, int without, double temperature) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int place = 0; place < classes; place++) {
            if (place != without) {
                greatest = Math.max(greatest, logProbabilities[example * classes + place] / temperature);
            }
        }
        double sum = 0;
        for (int place = 0; place < classes; place++) {
            if (place != without) {
                sum += Math.exp(logProbabilities[example * classes + place] / temperature - greatest);
            }
        }
        return greatest + Math.log(sum);
    }

    /** Mean of -ln P(true class), nats. */
    public double logLoss() {
        double sum = 0;
        for (int i = 0; i < examples.size(); i++) {
            // The sum over all classes is 1 but for the rounding of single precision.
            sum += logSum(i, -1, 1) - logProbabilities[i * classes + examples.classOf(i)];
        }
        return sum / examples.size();
    }

    /** Share of the examples whose most probable class is the true one. */
    public double accuracy() {
        int right = 0;
        for (int i = 0; i < examples.size(); i++) {
            right += mostProbable(i) == examples.classOf(i) ? 1 : 0;
        }
        return (double) right / examples.size();
    }

    private int mostProbable(int example) {
        int best = 0;
        for (int place = 1; place < classes; place++) {
            if (logProbabilities[example * classes + place] > logProbabilities[example * classes + best]) {
                best = place;
            }
        }
        return best;
    }
}
