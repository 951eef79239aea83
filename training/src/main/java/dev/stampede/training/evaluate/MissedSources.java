package dev.stampede.training.evaluate;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Which sources a model misses where a share of the bogus stamps passes. Examples of equal score pass or fail together. */
final class MissedSources {
    private final Predictions predictions;
    /** From the highest score down. */
    private final int[] order;

    MissedSources(Predictions predictions) {
        this.predictions = predictions;
        order = IntStream.range(0, predictions.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -predictions.logOdds(i)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * The least log-odds that pass, where at most the share {@code rate} of the bogus stamps, each counted as often as its
     * weight says, does; infinite where nothing passes.
     */
    double leastPassing(int[] weights, double rate) {
        long bogus = 0;
        for (int i = 0; i < predictions.size(); i++) {
            bogus += predictions.isReal(i) ? 0 : weights[i];
        }
        long allowed = (long) Math.floor(rate * bogus);
        double least = Double.POSITIVE_INFINITY;
        long passing = 0;
        int end;
        for (int start = 0; start < order.length; start = end) {
            double score = predictions.logOdds(order[start]);
            for (end = start; end < order.length && predictions.logOdds(order[end]) == score; end++) {
                passing += predictions.isReal(order[end]) ? 0 : weights[order[end]];
            }
            if (passing > allowed) {
                return least;
            }
            least = score;
        }
        return least;
    }
}
