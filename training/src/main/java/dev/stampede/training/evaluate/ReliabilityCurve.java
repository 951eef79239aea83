package dev.stampede.training.evaluate;

import dev.stampede.training.calibrate.Predictions;
import java.util.ArrayList;
import java.util.List;

/**
 * The reliability curve: in bins of equal width over the probability, the observed share of real stamps.
 */
public final class ReliabilityCurve {
    /** As in Guo et al. 2017. */
    static final int BINS = 15;

    /**
     * The stamps whose probability lies in one bin.
     *
     * @param probability their mean probability
     * @param realShare the share of them that is real
     * @param stamps their number, 1 or more
     */
    public record Bin(double probability, double realShare, int stamps) {}

    private ReliabilityCurve() {}

    /** The bins that are not empty, in order of increasing probability, at {@code temperature}. */
    public static List<Bin> bins(Predictions predictions, double temperature) {
        Counts counts = new Counts();
        for (int i = 0; i < predictions.size(); i++) {
            counts.add(predictions.probability(i, temperature), predictions.isReal(i), 1);
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            if (counts.weight[bin] > 0) {
                bins.add(new Bin(
                        counts.probability[bin] / counts.weight[bin], counts.real[bin] / counts.weight[bin], (int)
                                counts.weight[bin]));
            }
        }
        return bins;
    }

    /**
     * The expected calibration error (Naeini et al. 2015): the mean over the stamps of the difference between the mean
     * probability and the share of real stamps in their bin.
     */
    public static double error(Predictions predictions, double temperature) {
        double error = 0;
        for (Bin bin : bins(predictions, temperature)) {
            error += bin.stamps() * Math.abs(bin.probability() - bin.realShare());
        }
        return error / predictions.size();
    }

    /** Sums over the bins. */
    static final class Counts {
        private final double[] weight = new double[BINS];
        private final double[] probability = new double[BINS];
        private final double[] real = new double[BINS];

        void add(double probabilityOfReal, boolean isReal, double times) {
            int bin = Math.min((int) (probabilityOfReal * BINS), BINS - 1);
            weight[bin] += times;
            probability[bin] += times * probabilityOfReal;
            real[bin] += isReal ? times : 0;
        }

        double error() {
            double error = 0;
            double total = 0;
            for (int bin = 0; bin < BINS; bin++) {
                error += Math.abs(probability[bin] - real[bin]);
                total += weight[bin];
            }
            return error / total;
        }
    }
}
