package dev.stampede.stamps.population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The distribution of one feature over the bogus and the real stamps of a reference.
 *
 * @param edges the inner edges of the bins, ascending; a bin includes its lower edge
 * @param bogusShares the share of the bogus stamps in each bin, adding up to 1; one more than there are edges
 * @param realShares the same of the real stamps
 */
public record FeatureShares(List<Double> edges, List<Double> bogusShares, List<Double> realShares) {
    /** Bins with a tenth of the reference each, as is usual for this index. */
    static final int BINS = 10;

    /** The share of an empty bin, whose logarithm would be infinite. */
    private static final double MIN_SHARE = 1e-4;

    private static final double ROUNDING = 1e-6;

    public FeatureShares {
        edges = List.copyOf(edges);
        bogusShares = List.copyOf(bogusShares);
        realShares = List.copyOf(realShares);
        for (int i = 1; i < edges.size(); i++) {
            if (!(edges.get(i) > edges.get(i - 1))) {
                throw new IllegalArgumentException("the edges are not ascending: " + edges);
            }
        }
        checkShares(bogusShares, edges.size() + 1);
        checkShares(realShares, edges.size() + 1);
    }

    private static void checkShares(List<Double> shares, int bins) {
        double total = shares.stream().mapToDouble(Double::doubleValue).sum();
        if (shares.size() != bins
                || shares.stream().anyMatch(share -> !(share >= 0))
                || Math.abs(total - 1) > ROUNDING) {
            throw new IllegalArgumentException("not the shares of " + bins + " bins: " + shares);
        }
    }

    /** The shares of given values, with edges at the deciles of both kinds together. Neither may be empty. */
    static FeatureShares of(double[] bogus, double[] real) {
        double[] all = Arrays.copyOf(bogus, bogus.length + real.length);
        System.arraycopy(real, 0, all, bogus.length, real.length);
        Arrays.sort(all);
        List<Double> edges = new ArrayList<>();
        for (int bin = 1; bin < BINS; bin++) {
            double edge = all[(int) ((long) bin * all.length / BINS)];
            if (edge > all[0] && (edges.isEmpty() || edge > edges.get(edges.size() - 1))) {
                edges.add(edge);
            }
        }
        return new FeatureShares(edges, shares(bogus, edges), shares(real, edges));
    }

    private static List<Double> shares(double[] values, List<Double> edges) {
        double[] counts = new double[edges.size() + 1];
        for (double value : values) {
            counts[bin(value, edges)]++;
        }
        return Arrays.stream(counts).map(count -> count / values.length).boxed().toList();
    }

    /** The bin of a value, from 0 on. */
    public int bin(double value) {
        return bin(value, edges);
    }

    private static int bin(double value, List<Double> edges) {
        int bin = 0;
        while (bin < edges.size() && value >= edges.get(bin)) {
            bin++;
        }
        return bin;
    }

    /** The number of bins. */
    public int bins() {
        return edges.size() + 1;
    }

    /**
     * The population stability index of {@code counts} against the reference: the sum over the bins of (a - e) ln(a / e)
     * for actual and expected shares. Below 0.1 the population is unchanged, above 0.25 it has shifted (Siddiqi
     * 2006, Credit Risk Scorecards). The expected shares are those of the reference with the real share of the stream, so
     * that a night with fewer real candidates than the training data is not drift.
     *
     * @param counts the number of values in each bin
     * @param realShare the share of real stamps in the stream, 0 to 1
     */
    public double stabilityIndex(List<Long> counts, double realShare) {
        double total = counts.stream().mapToLong(Long::longValue).sum();
        double index = 0;
        for (int bin = 0; bin < bins(); bin++) {
            double expected =
                    Math.max(MIN_SHARE, realShare * realShares.get(bin) + (1 - realShare) * bogusShares.get(bin));
            double actual = Math.max(MIN_SHARE, counts.get(bin) / total);
            index += (actual - expected) * Math.log(actual / expected);
        }
        return index;
    }
}
