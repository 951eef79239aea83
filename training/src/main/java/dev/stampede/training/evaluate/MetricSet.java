package dev.stampede.training.evaluate;

import dev.stampede.training.calibrate.Predictions;
import java.util.List;

/** All metrics of a set of predictions with their bootstrap intervals. */
public final class MetricSet {
    private final List<ConfidenceInterval> intervals;
    private final List<Stratum> strata;
    private final int[] counts;

    private MetricSet(List<ConfidenceInterval> intervals, Strata strata) {
        this.intervals = intervals;
        this.strata = strata.strata();
        this.counts = strata.counts();
    }

    /**
     * Measures calibrated predictions.
     *
     * @param threshold as log-odds
     * @param groups the group of each prediction; empty for none
     * @param seed of the bootstrap
     */
    static MetricSet of(Predictions predictions, double threshold, Strata strata, List<String> groups, long seed) {
        Statistic statistic = new MetricStatistic(predictions, strata, threshold);
        return new MetricSet(Bootstrap.over(groups).intervals(statistic, seed), strata);
    }

    public ConfidenceInterval of(Metric metric) {
        return intervals.get(metric.index());
    }

    /** The strata: sources by S/N, then bogus stamps by kind. */
    public List<Stratum> strata() {
        return strata;
    }

    /** The number of stamps in the stratum at {@code index} of {@link #strata()}. */
    public int count(int index) {
        return counts[index];
    }

    /** A metric of the stratum at {@code index} of {@link #strata()}. */
    public ConfidenceInterval of(int index, StratumMetric metric) {
        return intervals.get(MetricStatistic.index(index, metric));
    }
}
