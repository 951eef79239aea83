package dev.stampede.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How far chance in the choice of stamps moves a figure: the figure on many sets of as many groups, drawn with
 * replacement (Efron 1979). Groups are drawn whole, for stamps of one sky err together.
 */
final class Bootstrap {
    /** Enough that the ends of a 95 % interval scatter by a few per cent of its width. */
    static final int RESAMPLES = 1000;

    private final int[][] groups;
    private final int examples;

    private Bootstrap(int[][] groups, int examples) {
        this.groups = groups;
        this.examples = examples;
    }

    /** Draws among examples with these groups; one whose group is empty stands alone. */
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

    /** Each figure of {@code statistic} with its interval, the same for the same seed. */
    List<Interval> intervals(Statistic statistic, long seed) {
        int[] weights = new int[examples];
        Arrays.fill(weights, 1);
        double[] values = statistic.of(weights);
        double[][] resamples = new double[values.length][RESAMPLES];
        SplittableRandom random = new SplittableRandom(seed);
        for (int resample = 0; resample < RESAMPLES; resample++) {
            draw(weights, random);
            double[] drawn = statistic.of(weights);
            for (int figure = 0; figure < drawn.length; figure++) {
                resamples[figure][resample] = drawn[figure];
            }
        }
        List<Interval> intervals = new ArrayList<>();
        for (int figure = 0; figure < values.length; figure++) {
            intervals.add(Interval.of(values[figure], resamples[figure]));
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
