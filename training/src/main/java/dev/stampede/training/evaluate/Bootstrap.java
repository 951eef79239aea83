package dev.stampede.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The bootstrap (Efron 1979): metrics on many resamples of the stamps, drawn with replacement. Stamps of one group show
 * the same sky and have correlated errors, so groups are drawn as a whole.
 */
final class Bootstrap {
    /** The ends of a 95 % interval then scatter by a few per cent of its width. */
    static final int RESAMPLES = 1000;

    private final int[][] groups;
    private final int examples;

    private Bootstrap(int[][] groups, int examples) {
        this.groups = groups;
        this.examples = examples;
    }

    /** A bootstrap over the groups of the examples; an example with an empty group is its own group. */
    static Bootstrap over(List<String> groupOfExample) {
        Map<String, List<Integer>> members = new HashMap<>();
        List<int[]> groups = new ArrayList<>();
        for (int i = 0; i < groupOfExample.size(); i++) {
            String group = groupOfExample.get(i);
            if (group.isEmpty()) {
                groups.add(new int[] {i});
            } else {
                members.computeIfAbsent(group, unseen -> new ArrayList<>()).add(i);
            }
        }
        members.values().stream()
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .forEach(groups::add);
        groups.sort((one, other) -> Integer.compare(one[0], other[0]));
        return new Bootstrap(groups.toArray(int[][]::new), groupOfExample.size());
    }

    /** Each metric of {@code statistic} with its 95 % interval; the same seed gives the same intervals. */
    List<ConfidenceInterval> intervals(Statistic statistic, long seed) {
        int[] weights = new int[examples];
        Arrays.fill(weights, 1);
        double[] values = statistic.of(weights);
        double[][] resamples = new double[values.length][RESAMPLES];
        SplittableRandom random = new SplittableRandom(seed);
        for (int resample = 0; resample < RESAMPLES; resample++) {
            draw(weights, random);
            double[] drawn = statistic.of(weights);
            for (int metric = 0; metric < drawn.length; metric++) {
                resamples[metric][resample] = drawn[metric];
            }
        }
        List<ConfidenceInterval> intervals = new ArrayList<>();
        for (int metric = 0; metric < values.length; metric++) {
            intervals.add(ConfidenceInterval.of(values[metric], resamples[metric]));
        }
        return intervals;
    }

    private void draw(int[] weights, SplittableRandom random) {
        Arrays.fill(weights, 0);
        for (int drawn = 0; drawn < groups.length; drawn++) {
            for (int member : groups[random.nextInt(groups.length)]) {
                weights[member]++;
            }
        }
    }
}
