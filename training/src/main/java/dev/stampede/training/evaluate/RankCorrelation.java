package dev.stampede.training.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Spearman's rank correlation: the Pearson correlation of the ranks, of which tied values share the mean. */
final class RankCorrelation {
    private RankCorrelation() {}

    /** The correlation of {@code a} and {@code b}, -1 to 1; NaN if one of them has a single value. */
    static double of(List<Double> a, List<Double> b) {
        double[] first = ranks(a);
        double[] second = ranks(b);
        double mean = (first.length - 1) / 2.0;
        double products = 0;
        double firstSquares = 0;
        double secondSquares = 0;
        for (int i = 0; i < first.length; i++) {
            products += (first[i] - mean) * (second[i] - mean);
            firstSquares += (first[i] - mean) * (first[i] - mean);
            secondSquares += (second[i] - mean) * (second[i] - mean);
        }
        return products / Math.sqrt(firstSquares * secondSquares);
    }

    /** The rank of each value, from 0. */
    static double[] ranks(List<Double> values) {
        List<Integer> order = IntStream.range(0, values.size())
                .boxed()
                .sorted(Comparator.comparing(values::get))
                .toList();
        double[] ranks = new double[values.size()];
        int start = 0;
        while (start < ranks.length) {
            int end = start + 1;
            while (end < ranks.length && values.get(order.get(end)).equals(values.get(order.get(start)))) {
                end++;
            }
            for (int i = start; i < end; i++) {
                ranks[order.get(i)] = (start + end - 1) / 2.0;
            }
            start = end;
        }
        return ranks;
    }
}
