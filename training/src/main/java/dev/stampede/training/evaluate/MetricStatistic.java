package dev.stampede.training.evaluate;

import dev.stampede.training.calibrate.Predictions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Computes every {@link Metric}, then every {@link StratumMetric} of each stratum, in two passes over the examples in
 * order of decreasing score. Examples of equal score pass or fail together.
 */
final class MetricStatistic implements Statistic {
    private static final double[] RATES = {1e-2, 1e-3};
    private static final int METRICS = Metric.values().length;
    private static final int STRATUM_METRICS = StratumMetric.values().length;

    private final int[] order;
    private final double[] logOdds;
    private final double[] probability;
    private final boolean[] real;
    private final int[] stratum;
    private final int strata;
    /** The number of examples that reach the threshold. */
    private final int thresholdCut;

    /** {@code threshold} is in the log-odds of {@code predictions}, which are calibrated. */
    MetricStatistic(Predictions predictions, Strata strata, double threshold) {
        int size = predictions.size();
        order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -predictions.logOdds(i)))
                .mapToInt(Integer::intValue)
                .toArray();
        logOdds = IntStream.of(order).mapToDouble(predictions::logOdds).toArray();
        probability = IntStream.of(order)
                .mapToDouble(i -> predictions.probability(i, 1))
                .toArray();
        stratum = IntStream.of(order).map(strata::of).toArray();
        real = new boolean[size];
        int reaching = 0;
        for (int place = 0; place < size; place++) {
            real[place] = predictions.isReal(order[place]);
            reaching += logOdds[place] >= threshold ? 1 : 0;
        }
        thresholdCut = reaching;
        this.strata = strata.strata().size();
    }

    @Override
    public double[] of(int[] weights) {
        return new Count(weights).metrics();
    }

    /** The index of a metric of a stratum in the result. */
    static int index(int stratum, StratumMetric metric) {
        return METRICS + stratum * STRATUM_METRICS + metric.index();
    }

    /** The sums for one set of weights. */
    private final class Count {
        private final int[] weights;
        private final double[] metrics = new double[METRICS + strata * STRATUM_METRICS];
        private final int[] cuts = new int[RATES.length];
        private double reals;
        private double bogus;

        Count(int[] weights) {
            this.weights = weights;
            Arrays.fill(cuts, -1);
            for (int place = 0; place < order.length; place++) {
                reals += real[place] ? weight(place) : 0;
                bogus += real[place] ? 0 : weight(place);
            }
        }

        private int weight(int place) {
            return weights[order[place]];
        }

        private void add(Metric metric, double amount) {
            metrics[metric.index()] += amount;
        }

        private void add(int place, StratumMetric metric, double amount) {
            metrics[index(stratum[place], metric)] += amount;
        }

        double[] metrics() {
            rank();
            compare();
            return metrics;
        }

        /** The areas, and the cuts at the fixed false-positive rates. */
        private void rank() {
            double realsAbove = 0;
            double bogusAbove = 0;
            int end;
            for (int start = 0; start < order.length; start = end) {
                end = start;
                double realsHere = 0;
                double bogusHere = 0;
                while (end < order.length && logOdds[end] == logOdds[start]) {
                    realsHere += real[end] ? weight(end) : 0;
                    bogusHere += real[end] ? 0 : weight(end);
                    end++;
                }
                cut(start, bogusAbove + bogusHere);
                for (int place = start; place < end; place++) {
                    double won = real[place]
                            ? (bogus - bogusAbove - bogusHere / 2) / bogus
                            : (realsAbove + realsHere / 2) / reals;
                    add(place, StratumMetric.ROC_AREA, weight(place) * won);
                    add(Metric.ROC_AREA, real[place] ? weight(place) * won / reals : 0);
                }
                realsAbove += realsHere;
                bogusAbove += bogusHere;
                if (realsHere > 0) {
                    add(Metric.AVERAGE_PRECISION, realsHere / reals * realsAbove / (realsAbove + bogusAbove));
                }
            }
        }

        /** The cut of a rate is before the first example with which too many bogus ones would pass. */
        private void cut(int place, double bogusPassing) {
            for (int rate = 0; rate < RATES.length; rate++) {
                if (cuts[rate] < 0 && bogusPassing > Math.floor(RATES[rate] * bogus)) {
                    cuts[rate] = place;
                }
            }
        }

        private void compare() {
            double[] inStratum = new double[strata];
            ReliabilityCurve.Counts counts = new ReliabilityCurve.Counts();
            for (int place = 0; place < order.length; place++) {
                double weight = weight(place);
                inStratum[stratum[place]] += weight;
                counts.add(probability[place], real[place], weight);
                add(Metric.ACCURACY, logOdds[place] > 0 == real[place] ? weight : 0);
                wrong(place, cuts[0], StratumMetric.WRONG_AT_1E2, Metric.MISSED_AT_1E2);
                wrong(place, cuts[1], StratumMetric.WRONG_AT_1E3, Metric.MISSED_AT_1E3);
                wrong(place, thresholdCut, StratumMetric.WRONG_AT_THRESHOLD, Metric.MISSED_AT_THRESHOLD);
                if (!real[place] && place < thresholdCut) {
                    add(Metric.FALSE_AT_THRESHOLD, weight);
                }
            }
            metrics[Metric.CALIBRATION_ERROR.index()] = counts.error();
            divide(Metric.ACCURACY, reals + bogus);
            divide(Metric.MISSED_AT_1E2, reals);
            divide(Metric.MISSED_AT_1E3, reals);
            divide(Metric.MISSED_AT_THRESHOLD, reals);
            divide(Metric.FALSE_AT_THRESHOLD, bogus);
            for (int i = 0; i < strata * STRATUM_METRICS; i++) {
                metrics[METRICS + i] /= inStratum[i / STRATUM_METRICS];
            }
        }

        /** Only once at the end, because sums of integers are exact. */
        private void divide(Metric metric, double by) {
            metrics[metric.index()] /= by;
        }

        private void wrong(int place, int cut, StratumMetric ofStratum, Metric ofAll) {
            if (real[place] == (place >= cut)) {
                add(place, ofStratum, weight(place));
                add(ofAll, real[place] ? weight(place) : 0);
            }
        }
    }
}
