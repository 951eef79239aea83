package dev.stampede.training.calibrate;

import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.training.dataset.Examples;
import dev.stampede.training.dataset.FeatureMask;
import dev.stampede.training.network.StampBatch;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The output of a network for labelled examples: ln P of each class, before calibration. */
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
        return of(network, examples, FeatureMask.NONE);
    }

    /** The same with the features of each example that {@code mask} does not hide. */
    public static ClassScores of(ComputationGraph network, Examples examples, FeatureMask mask) {
        ClassScores scores = new ClassScores(examples);
        for (int start = 0; start < examples.size(); start += BATCH) {
            int[] indices = IntStream.range(start, Math.min(start + BATCH, examples.size()))
                    .toArray();
            int first = start;
            FeatureMask inBatch = (position, feature) -> mask.hides(first + position, feature);
            try (StampBatch batch = StampBatch.of(examples, indices, inBatch);
                    INDArray probabilities = network.outputSingle(false, batch.inputs())) {
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
     * The predictions of real against all other classes, with the logits divided by {@code temperature}. Log-odds keep
     * single precision even close to 0 and 1, because the smaller probability of a softmax does.
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

    /** ln of the sum of e^(x / temperature) over the classes other than {@code without}; -1 excludes none. */
    private double logSum(int example, int without, double temperature) {
        double max = Double.NEGATIVE_INFINITY;
        for (int place = 0; place < classes; place++) {
            if (place != without) {
                max = Math.max(max, logProbabilities[example * classes + place] / temperature);
            }
        }
        double sum = 0;
        for (int place = 0; place < classes; place++) {
            if (place != without) {
                sum += Math.exp(logProbabilities[example * classes + place] / temperature - max);
            }
        }
        return max + Math.log(sum);
    }

    /** The log loss over all classes, nats. */
    public double logLoss() {
        double sum = 0;
        for (int i = 0; i < examples.size(); i++) {
            // The sum over all classes is 1 but for the rounding of single precision.
            sum += logSum(i, -1, 1) - logProbabilities[i * classes + examples.classOf(i)];
        }
        return sum / examples.size();
    }

    /** The share of the examples whose most probable class is the true one. */
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
