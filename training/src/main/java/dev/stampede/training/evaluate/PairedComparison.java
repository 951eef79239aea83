package dev.stampede.training.evaluate;

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
 * Two models on the same stamps: which sources the one misses and the other does not, where each lets the same share of the
 * bogus stamps pass. Chance moves both alike, so the difference is known far better than either (a paired bootstrap); the
 * thresholds are found anew in each resample.
 *
 * @param rows all sources first
 * @param onlyLive stamps that the live model judges and the new one abstains on; in no row, as their opposites
 */
public record PairedComparison(List<Row> rows, int onlyLive) {
    /** The name of the row of all sources. */
    public static final String ALL = "all sources";

    /** The name of the row of those sources that people or follow-up have labelled. */
    public static final String LABELLED = "labelled sources";

    /** What the bootstrap gives of each row. */
    private static final int FIGURES = 3;

    /**
     * Some sources.
     *
     * @param sources how many, 1 or more
     * @param fresh share of them that the new model misses
     * @param live share of them that the live model misses
     * @param difference the first less the second, with its interval
     */
    public record Row(String name, int sources, double fresh, double live, Interval difference) {}

    /**
     * What is known of the stamps, by their place among the predictions.
     *
     * @param signalToNoise NaN where it is not known
     * @param group of stamps of one sky; empty where a stamp stands alone
     * @param isSimulated where some are, the others have a row of their own
     */
    public record Stamps(IntToDoubleFunction signalToNoise, IntFunction<String> group, IntPredicate isSimulated) {}

    public PairedComparison {
        rows = List.copyOf(rows);
    }

    /**
     * Compares what two models say of the same data set.
     *
     * @param rate share of the bogus stamps that may pass, 0 to 1
     * @param isSimulated by index of the data set
     * @param seed of the bootstrap
     */
    public static PairedComparison of(
            JudgedStamps fresh, JudgedStamps live, double rate, IntPredicate isSimulated, long seed) {
        Set<Integer> judgedByFresh = indices(fresh);
        Set<Integer> judgedByLive = indices(live);
        JudgedStamps one = fresh.only(i -> judgedByLive.contains(fresh.stampIndex(i)));
        JudgedStamps other = live.only(i -> judgedByFresh.contains(live.stampIndex(i)));
        Stamps stamps = new Stamps(
                i -> one.source().signalToNoise(one.stampIndex(i)),
                i -> one.source().group(one.stampIndex(i)),
                i -> isSimulated.test(one.stampIndex(i)));
        List<Row> rows = of(one.predictions(), other.predictions(), stamps, rate, seed);
        return new PairedComparison(
                rows, live.predictions().size() - other.predictions().size());
    }

    private static Set<Integer> indices(JudgedStamps judged) {
        Set<Integer> indices = new HashSet<>();
        for (int i = 0; i < judged.predictions().size(); i++) {
            indices.add(judged.stampIndex(i));
        }
        return indices;
    }

    /** The rows for predictions of the same examples in the same order. */
    public static List<Row> of(Predictions fresh, Predictions live, Stamps stamps, double rate, long seed) {
        Map<String, int[]> sources = sourcesByRow(fresh, stamps);
        List<String> groups =
                IntStream.range(0, fresh.size()).mapToObj(stamps.group()).toList();
        Statistic statistic = statistic(fresh, live, List.copyOf(sources.values()), rate);
        Iterator<Interval> intervals =
                Bootstrap.over(groups).intervals(statistic, seed).iterator();
        List<Row> rows = new ArrayList<>();
        sources.forEach((name, ofRow) -> rows.add(new Row(
                name, ofRow.length, intervals.next().value(), intervals.next().value(), intervals.next())));
        return rows;
    }

    /** All, the labelled where others are simulated, and each range of S/N; only rows that have sources. */
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

    private static Statistic statistic(Predictions fresh, Predictions live, List<int[]> members, double rate) {
        MissedSources ofFresh = new MissedSources(fresh);
        MissedSources ofLive = new MissedSources(live);
        return weights -> {
            double freshLeast = ofFresh.leastPassing(weights, rate);
            double liveLeast = ofLive.leastPassing(weights, rate);
            double[] figures = new double[FIGURES * members.size()];
            for (int row = 0; row < members.size(); row++) {
                double one = share(fresh, members.get(row), weights, freshLeast);
                double other = share(live, members.get(row), weights, liveLeast);
                figures[FIGURES * row] = one;
                figures[FIGURES * row + 1] = other;
                figures[FIGURES * row + 2] = one - other;
            }
            return figures;
        };
    }

    /** The share of {@code sources} that is missed; NaN where none of them was drawn. */
    private static double share(Predictions predictions, int[] sources, int[] weights, double leastPassing) {
        double missed = 0;
        double all = 0;
        for (int source : sources) {
            all += weights[source];
            missed += predictions.logOdds(source) < leastPassing ? weights[source] : 0;
        }
        return missed / all;
    }
}
