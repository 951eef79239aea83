package dev.stampede.training.evaluate;

import dev.stampede.training.calibrate.Predictions;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The threshold of a model at a false-positive rate. Examples of equal score pass or fail together. */
final class MissedSources {
    private final Predictions predictions;
    /** In order of decreasing score. */
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
     * The minimum log-odds that pass at a false-positive rate of up to {@code rate}, with weighted bogus stamps; infinite
     * if nothing passes.
     */
    double minPassing(int[] weights, double rate) {
        long bogus = 0;
        for (int i = 0; i < predictions.size(); i++) {
            bogus += predictions.isReal(i) ? 0 : weights[i];
        }
        long allowed = (long) Math.floor(rate * bogus);
        double min = Double.POSITIVE_INFINITY;
        long passing = 0;
        int end;
        for (int start = 0; start < order.length; start = end) {
            double score = predictions.logOdds(order[start]);
            for (end = start; end < order.length && predictions.logOdds(order[end]) == score; end++) {
                passing += predictions.isReal(order[end]) ? 0 : weights[order[end]];
            }
            if (passing > allowed) {
                return min;
            }
            min = score;
        }
        return min;
    }
}
