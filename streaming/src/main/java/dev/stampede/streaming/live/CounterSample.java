package dev.stampede.streaming.live;

import dev.stampede.streaming.monitor.StreamMetrics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The counters of a stream at one time.
 *
 * @param outcomes alerts by outcome: real, bogus, abstain, dead_letter
 * @param latencies alerts by end-to-end latency, the cumulative buckets of {@link StreamMetrics#END_TO_END_BUCKETS}
 */
record CounterSample(long millis, Map<String, Double> outcomes, List<Double> latencies) {
    static CounterSample of(StreamMetrics metrics, long millis) {
        return new CounterSample(millis, new LinkedHashMap<>(metrics.outcomeCounts()), metrics.endToEndCounts());
    }

    /** Alerts per second of an outcome since an earlier sample; NaN if it is of the same time. */
    double perSecond(String outcome, CounterSample before) {
        double seconds = (millis - before.millis) / 1e3;
        double count = outcomes.getOrDefault(outcome, 0.0) - before.outcomes.getOrDefault(outcome, 0.0);
        return seconds == 0 ? Double.NaN : count / seconds;
    }

    /** Alerts per second of all outcomes since an earlier sample; NaN if it is of the same time. */
    double perSecond(CounterSample before) {
        return outcomes.keySet().stream()
                .mapToDouble(outcome -> perSecond(outcome, before))
                .sum();
    }

    /** A quantile, 0 to 1, of the latency of the alerts since an earlier sample, seconds; NaN if there was none. */
    double latencySeconds(double quantile, CounterSample before) {
        double[] cumulative = new double[latencies.size()];
        Arrays.setAll(cumulative, i -> latencies.get(i) - before.latencies.get(i));
        return quantile(cumulative, quantile);
    }

    /** The quantile of cumulative counts, interpolated linearly as Prometheus does; NaN without counts. */
    static double quantile(double[] cumulative, double quantile) {
        List<Double> bounds = StreamMetrics.END_TO_END_BUCKETS;
        double rank = quantile * cumulative[cumulative.length - 1];
        if (rank == 0) {
            return Double.NaN;
        }
        for (int i = 0; i < bounds.size(); i++) {
            if (cumulative[i] >= rank) {
                double from = i == 0 ? 0 : bounds.get(i - 1);
                double below = i == 0 ? 0 : cumulative[i - 1];
                return from + (bounds.get(i) - from) * (rank - below) / (cumulative[i] - below);
            }
        }
        return bounds.get(bounds.size() - 1);
    }
}
