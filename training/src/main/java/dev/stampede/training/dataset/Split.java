package dev.stampede.training.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Examples divided by chance: those to fit to, those to stop, calibrate and set the threshold with, those to test on.
 * Examples of one group stay together, for a network that has seen the same sky has an easy test.
 */
public record Split(Examples fitting, Examples validation, Examples test) {
    /**
     * What is fitted to, validated with and tested on.
     *
     * @param fitting share of the examples, above 0
     * @param validation likewise
     * @param test likewise; the three add up to 1
     */
    public record Fractions(double fitting, double validation, double test) {
        /** As the astroML chapter divides its stamps. */
        public static final Fractions STANDARD = new Fractions(0.7, 0.1, 0.2);

        /** A count times a sum of decimal fractions may fall this little short of a whole number. */
        private static final double ROUNDING = 1e-6;

        public Fractions {
            if (!(fitting > 0 && validation > 0 && test > 0) || Math.abs(fitting + validation + test - 1) > 1e-9) {
                throw new IllegalArgumentException("the fractions must be above 0 and add up to 1, not " + fitting + ","
                        + validation + "," + test);
            }
        }

        /** How many of {@code count} come before the end of the first and of the second part, rounded down. */
        int[] ends(int count) {
            return new int[] {
                (int) (fitting * count + ROUNDING), (int) ((fitting + validation) * count + ROUNDING),
            };
        }
    }

    /**
     * Divides {@code examples}, the same way for the same seed. A group that begins in a part is wholly of it.
     *
     * @throws InvalidDataException if a part lacks real or bogus stamps, or none are of a class to fit
     */
    public static Split of(Examples examples, Fractions fractions, long seed) {
        List<List<Integer>> groups = groups(examples);
        Collections.shuffle(groups, new Random(seed));
        List<List<Integer>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int[] ends = fractions.ends(examples.size());
        int dealt = 0;
        for (List<Integer> group : groups) {
            int part = dealt < ends[0] ? 0 : dealt < ends[1] ? 1 : 2;
            parts.get(part).addAll(group);
            dealt += group.size();
        }
        return new Split(
                demandEveryClass(part(examples, parts.get(0), "fit")),
                part(examples, parts.get(1), "validate"),
                part(examples, parts.get(2), "test"));
    }

    private static Examples demandEveryClass(Examples fitting) {
        int[] counts = new int[fitting.classes().size()];
        for (int i = 0; i < fitting.size(); i++) {
            counts[fitting.classOf(i)]++;
        }
        for (int place = 0; place < counts.length; place++) {
            if (counts[place] == 0) {
                throw new InvalidDataException("none of the " + fitting.size() + " stamps to fit is of the class '"
                        + fitting.classes().names().get(place) + "'");
            }
        }
        return fitting;
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
