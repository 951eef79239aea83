package dev.stampede.training.evaluate;

import java.util.List;

/** All figures of a set of predictions, with their bootstrap intervals. */
public final class Figures {
    private final List<Interval> intervals;
    private final List<Stratum> strata;
    private final int[] counts;

    private Figures(List<Interval> intervals, Strata strata) {
        this.intervals = intervals;
        this.strata = strata.strata();
        this.counts = strata.counts();
    }

    /**
     * Measures calibrated predictions.
     *
     * @param threshold as log-odds
     * @param groups for each prediction the group of stamps it belongs to; empty where it stands alone
     * @param seed of the bootstrap
     */
    static Figures of(Predictions predictions, double threshold, Strata strata, List<String> groups, long seed) {
        Statistic statistic = new FigureStatistic(predictions, strata, threshold);
        return new Figures(Bootstrap.over(groups).intervals(statistic, seed), strata);
    }

    public Interval of(Figure figure) {
        return intervals.get(figure.place());
    }

    /** The sorts of stamps, sources by S/N before bogus ones by kind. */
    public List<Stratum> strata() {
        return strata;
    }

    /** How many stamps are in the stratum at {@code index} of {@link #strata()}. */
    public int count(int index) {
        return counts[index];
    }

    /** A figure of the stratum at {@code index} of {@link #strata()}. */
    public Interval of(int index, StratumFigure figure) {
        return intervals.get(FigureStatistic.place(index, figure));
    }
}
