package dev.stampede.training.evaluate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
        List<String> names = new ArrayList<>(List.of(ALL));
        List<int[]> members = new ArrayList<>(List.of(sources(fresh, i -> true)));
        boolean mixed = IntStream.range(0, fresh.size()).anyMatch(stamps.isSimulated());
        add(
                names,
                members,
                LABELLED,
                sources(fresh, i -> mixed && !stamps.isSimulated().test(i)));
        Strata strata = Strata.of(IntStream.range(0, fresh.size())
                .mapToObj(i -> fresh.isReal(i)
                        ? Stratum.ofSource(stamps.signalToNoise().applyAsDouble(i))
                        : Stratum.ofBogus(""))
                .toList());
        for (int i = 0; i < strata.strata().size(); i++) {
            Stratum stratum = strata.strata().get(i);
            int place = i;
            String name = stratum.signalToNoiseLow() >= 0 ? "S/N " + stratum.name() : stratum.name();
            add(names, members, name, sources(fresh, example -> strata.of(example) == place));
        }
        List<String> groups =
                IntStream.range(0, fresh.size()).mapToObj(stamps.group()).toList();
        List<Interval> intervals = Bootstrap.over(groups).intervals(statistic(fresh, live, members, rate), seed);
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            rows.add(new Row(
                    names.get(row),
                    members.get(row).length,
                    intervals.get(FIGURES * row).value(),
                    intervals.get(FIGURES * row + 1).value(),
                    intervals.get(FIGURES * row + 2)));
        }
        return rows;
    }

    private static int[] sources(Predictions predictions, IntPredicate chosen) {
        return IntStream.range(0, predictions.size())
                .filter(predictions::isReal)
                .filter(chosen)
                .toArray();
    }

    private static void add(List<String> names, List<int[]> members, String name, int[] sources) {
        if (sources.length > 0) {
            names.add(name);
            members.add(sources);
        }
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
