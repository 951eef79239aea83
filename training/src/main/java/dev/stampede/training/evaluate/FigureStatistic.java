package dev.stampede.training.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Every {@link Figure}, then every {@link StratumFigure} of each stratum in turn, in two passes over the examples from
 * the highest score down. Examples of equal score pass or fail together.
 */
final class FigureStatistic implements Statistic {
    private static final double[] RATES = {1e-2, 1e-3};
    private static final int FIGURES = Figure.values().length;
    private static final int STRATUM_FIGURES = StratumFigure.values().length;

    private final int[] order;
    private final double[] logOdds;
    private final double[] probability;
    private final boolean[] real;
    private final int[] stratum;
    private final int strata;
    /** How many examples, from the highest score down, reach the threshold. */
    private final int thresholdCut;

    /** {@code threshold} is in the log-odds of {@code predictions}, which are taken as calibrated. */
    FigureStatistic(Predictions predictions, Strata strata, double threshold) {
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
        return new Count(weights).figures();
    }

    /** Where a figure of a stratum is in the answer. */
    static int place(int stratum, StratumFigure figure) {
        return FIGURES + stratum * STRATUM_FIGURES + figure.place();
    }

    /** The sums for one set of weights. */
    private final class Count {
        private final int[] weights;
        private final double[] figures = new double[FIGURES + strata * STRATUM_FIGURES];
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

        private void add(Figure figure, double amount) {
            figures[figure.place()] += amount;
        }

        private void add(int place, StratumFigure figure, double amount) {
            figures[place(stratum[place], figure)] += amount;
        }

        double[] figures() {
            rank();
            compare();
            return figures;
        }

        /** The areas, and where the cuts of the rates are. */
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
                    add(place, StratumFigure.ROC_AREA, weight(place) * won);
                    add(Figure.ROC_AREA, real[place] ? weight(place) * won / reals : 0);
                }
                realsAbove += realsHere;
                bogusAbove += bogusHere;
                if (realsHere > 0) {
                    add(Figure.AVERAGE_PRECISION, realsHere / reals * realsAbove / (realsAbove + bogusAbove));
                }
            }
        }

        /** A rate's cut is before the first example with which too many bogus ones would pass. */
        private void cut(int place, double bogusPassing) {
            for (int rate = 0; rate < RATES.length; rate++) {
                if (cuts[rate] < 0 && bogusPassing > Math.floor(RATES[rate] * bogus)) {
                    cuts[rate] = place;
                }
            }
        }

        private void compare() {
            double[] inStratum = new double[strata];
            Reliability.Tally tally = new Reliability.Tally();
            for (int place = 0; place < order.length; place++) {
                double weight = weight(place);
                inStratum[stratum[place]] += weight;
                tally.add(probability[place], real[place], weight);
                add(Figure.ACCURACY, logOdds[place] > 0 == real[place] ? weight : 0);
                wrong(place, cuts[0], StratumFigure.WRONG_AT_1E2, Figure.MISSED_AT_1E2);
                wrong(place, cuts[1], StratumFigure.WRONG_AT_1E3, Figure.MISSED_AT_1E3);
                wrong(place, thresholdCut, StratumFigure.WRONG_AT_THRESHOLD, Figure.MISSED_AT_THRESHOLD);
                if (!real[place] && place < thresholdCut) {
                    add(Figure.FALSE_AT_THRESHOLD, weight);
                }
            }
            figures[Figure.CALIBRATION_ERROR.place()] = tally.error();
            divide(Figure.ACCURACY, reals + bogus);
            divide(Figure.MISSED_AT_1E2, reals);
            divide(Figure.MISSED_AT_1E3, reals);
            divide(Figure.MISSED_AT_THRESHOLD, reals);
            divide(Figure.FALSE_AT_THRESHOLD, bogus);
            for (int i = 0; i < strata * STRATUM_FIGURES; i++) {
                figures[FIGURES + i] /= inStratum[i / STRATUM_FIGURES];
            }
        }

        /** Once, at the end: counts are exact. */
        private void divide(Figure figure, double by) {
            figures[figure.place()] /= by;
        }

        private void wrong(int place, int cut, StratumFigure ofStratum, Figure ofAll) {
            if (real[place] == (place >= cut)) {
                add(place, ofStratum, weight(place));
                add(ofAll, real[place] ? weight(place) : 0);
            }
        }
    }
}
