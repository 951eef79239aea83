package dev.stampede.training.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Examples divided by chance: seven tenths to fit, one tenth to stop, calibrate and set the threshold, two tenths to
 * test. Examples of one group stay together, for a network that has seen the same sky has an easy test.
 */
public record Split(Examples fitting, Examples validation, Examples test) {
    private static final double FITTING_SHARE = 0.7;
    private static final double VALIDATION_SHARE = 0.1;

    /**
     * Divides {@code examples}, the same way for the same seed.
     *
     * @throws InvalidDataException if a part lacks one of the classes
     */
    public static Split of(Examples examples, long seed) {
        List<List<Integer>> groups = groups(examples);
        Collections.shuffle(groups, new Random(seed));
        List<List<Integer>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int dealt = 0;
        for (List<Integer> group : groups) {
            double share = (double) dealt / examples.size();
            int part = share < FITTING_SHARE ? 0 : share < FITTING_SHARE + VALIDATION_SHARE ? 1 : 2;
            parts.get(part).addAll(group);
            dealt += group.size();
        }
        return new Split(
                part(examples, parts.get(0), "fit"),
                part(examples, parts.get(1), "validate"),
                part(examples, parts.get(2), "test"));
    }

    private static List<List<Integer>> groups(Examples examples) {
        Map<String, List<Integer>> byGroup = new LinkedHashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            int stamp = examples.stampIndex(i);
            String group = examples.source().group(stamp);
            String key = group.isEmpty() ? "alone " + stamp : "group " + group;
            byGroup.computeIfAbsent(key, unseen -> new ArrayList<>(1)).add(i);
        }
        return new ArrayList<>(byGroup.values());
    }

    private static Examples part(Examples examples, List<Integer> indices, String purpose) {
        Examples part =
                examples.part(indices.stream().mapToInt(Integer::intValue).toArray());
        if (part.realCount() == 0 || part.realCount() == part.size()) {
            throw new InvalidDataException("of " + examples.size() + " stamps that can be judged, the " + part.size()
                    + " to " + purpose + " with are not of both classes; more stamps are needed");
        }
        return part;
    }
}
