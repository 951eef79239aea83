package dev.stampede.training.evaluate;

import dev.stampede.training.calibrate.Predictions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The missed-source rates of two models on the same stamps at the same false-positive rate. The paired bootstrap makes the
 * difference much more precise than either rate, because resampling affects both alike; each resample has its own
 * thresholds.
 *
 * @param rows all sources first
 * @param onlyLive stamps that the live model scores but the challenger abstains on; these and their opposites are in no row
 */
public record PairedComparison(List<Row> rows, int onlyLive) {
    /** The name of the row of all sources. */
    public static final String ALL = "all sources";

    /** The name of the row of the sources that are not simulated. */
    public static final String LABELLED = "labelled sources";

    /** The values of a row in the statistic: both rates and their difference. */
    private static final int METRICS = 3;

    /**
     * The sources of one sort.
     *
     * @param sources their number, 1 or more
     * @param challenger missed-source rate of the challenger
     * @param live missed-source rate of the live model
     * @param difference challenger minus live, with its interval
     */
    public record Row(String name, int sources, double challenger, double live, ConfidenceInterval difference) {}

    /**
     * The metadata of the stamps by the index of their prediction.
     *
     * @param signalToNoise NaN if unknown
     * @param group of stamps of the same sky; empty for none
     * @param isSimulated if some are, the others get a separate row
     */
    public record Stamps(IntToDoubleFunction signalToNoise, IntFunction<String> group, IntPredicate isSimulated) {}

    public PairedComparison {
        rows = List.copyOf(rows);
    }

    /**
     * Compares the scores of two models for the same data set.
     *
     * @param rate the false-positive rate, 0 to 1
     * @param isSimulated by index of the data set
     * @param seed of the bootstrap
     */
    public static PairedComparison of(
            ScoredStamps challenger, ScoredStamps live, double rate, IntPredicate isSimulated, long seed) {
        Set<Integer> scoredByChallenger = indices(challenger);
        Set<Integer> scoredByLive = indices(live);
        ScoredStamps one = challenger.only(i -> scoredByLive.contains(challenger.stampIndex(i)));
        ScoredStamps other = live.only(i -> scoredByChallenger.contains(live.stampIndex(i)));
        Stamps stamps = new Stamps(
                i -> one.source().signalToNoise(one.stampIndex(i)),
                i -> one.source().group(one.stampIndex(i)),
                i -> isSimulated.test(one.stampIndex(i)));
        List<Row> rows = of(one.predictions(), other.predictions(), stamps, rate, seed);
        return new PairedComparison(
                rows, live.predictions().size() - other.predictions().size());
    }

    private static Set<Integer> indices(ScoredStamps scored) {
        Set<Integer> indices = new HashSet<>();
        for (int i = 0; i < scored.predictions().size(); i++) {
            indices.add(scored.stampIndex(i));
        }
        return indices;
    }

    /** The rows for predictions of the same examples in the same order. */
    public static List<Row> of(Predictions challenger, Predictions live, Stamps stamps, double rate, long seed) {
        Map<String, int[]> sources = sourcesByRow(challenger, stamps);
        List<String> groups =
                IntStream.range(0, challenger.size()).mapToObj(stamps.group()).toList();
        Statistic statistic = statistic(challenger, live, List.copyOf(sources.values()), rate);
        Iterator<ConfidenceInterval> intervals =
                Bootstrap.over(groups).intervals(statistic, seed).iterator();
        List<Row> rows = new ArrayList<>();
        sources.forEach((name, ofRow) -> rows.add(new Row(
                name, ofRow.length, intervals.next().value(), intervals.next().value(), intervals.next())));
        return rows;
    }

    /** All sources, the labelled ones if others are simulated, and each range of S/N; without empty rows. */
    private static Map<String, int[]> sourcesByRow(Predictions predictions, Stamps stamps) {
        IntPredicate isSimulated = stamps.isSimulated();
        boolean mixed = IntStream.range(0, predictions.size()).anyMatch(isSimulated);
        Strata strata = Strata.of(IntStream.range(0, predictions.size())
                .mapToObj(i -> predictions.isReal(i)
                        ? Stratum.ofSource(stamps.signalToNoise().applyAsDouble(i))
                        : Stratum.ofBogus(""))
                .toList());
        Map<String, int[]> rows = new LinkedHashMap<>();
        rows.put(ALL, sources(predictions, i -> true));
        rows.put(LABELLED, sources(predictions, i -> mixed && !isSimulated.test(i)));
        for (int place = 0; place < strata.strata().size(); place++) {
            int wanted = place;
            String name = strata.strata().get(place).name();
            rows.put(
                    Double.isNaN(strata.strata().get(place).signalToNoiseLow()) ? name : "S/N " + name,
                    sources(predictions, i -> strata.of(i) == wanted));
        }
        rows.values().removeIf(ofRow -> ofRow.length == 0);
        return rows;
    }

    private static int[] sources(Predictions predictions, IntPredicate chosen) {
        return IntStream.range(0, predictions.size())
                .filter(predictions::isReal)
                .filter(chosen)
                .toArray();
    }

    private static Statistic statistic(Predictions challenger, Predictions live, List<int[]> members, double rate) {
        MissedSources ofChallenger = new MissedSources(challenger);
        MissedSources ofLive = new MissedSources(live);
        return weights -> {
            double challengerMin = ofChallenger.minPassing(weights, rate);
            double liveMin = ofLive.minPassing(weights, rate);
            double[] metrics = new double[METRICS * members.size()];
            for (int row = 0; row < members.size(); row++) {
                double one = share(challenger, members.get(row), weights, challengerMin);
                double other = share(live, members.get(row), weights, liveMin);
                metrics[METRICS * row] = one;
                metrics[METRICS * row + 1] = other;
                metrics[METRICS * row + 2] = one - other;
            }
            return metrics;
        };
    }

    /** The share of {@code sources} that is missed; NaN if none of them was drawn. */
    private static double share(Predictions predictions, int[] sources, int[] weights, double minPassing) {
        double missed = 0;
        double all = 0;
        for (int source : sources) {
            all += weights[source];
            missed += predictions.logOdds(source) < minPassing ? weights[source] : 0;
        }
        return missed / all;
    }
}
