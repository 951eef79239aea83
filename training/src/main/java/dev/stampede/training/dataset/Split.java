package dev.stampede.training.dataset;

import dev.stampede.stamps.contract.FeatureInput;
import dev.stampede.stamps.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;

/**
 * A random split of examples: the training set, the validation set, which determines the best epoch, the calibration and
 * the threshold, and the test set. Examples of one group stay together, so that the test set shows unseen sky.
 */
public record Split(Examples fitting, Examples validation, Examples test) {
    /**
     * The sizes of the three sets as fractions of the examples, which are above 0 and add up to 1.
     */
    public record Fractions(double fitting, double validation, double test) {
        /** The fractions of the astroML chapter. */
        public static final Fractions STANDARD = new Fractions(0.7, 0.1, 0.2);

        /** The rounding error of a count times a sum of decimal fractions. */
        private static final double ROUNDING = 1e-6;

        public Fractions {
            if (!(fitting > 0 && validation > 0 && test > 0) || Math.abs(fitting + validation + test - 1) > 1e-9) {
                throw new IllegalArgumentException("the fractions must be above 0 and add up to 1, not " + fitting + ","
                        + validation + "," + test);
            }
        }

        /** The end indices of the first and of the second set of {@code count} examples, rounded down. */
        int[] ends(int count) {
            return new int[] {
                (int) (fitting * count + ROUNDING), (int) ((fitting + validation) * count + ROUNDING),
            };
        }
    }

    /**
     * Splits {@code examples}, in the same way for the same seed. A group belongs to the set in which it starts.
     *
     * @throws InvalidDataException if a set lacks real or bogus stamps, or the training set lacks a class
     */
    public static Split of(Examples examples, Fractions fractions, long seed) {
        return of(examples, fractions, seed, stamp -> false);
    }

    /**
     * The same, with some stamps in the training set only, together with the other stamps of their groups. The fractions
     * are those of the other stamps.
     *
     * @param isForFittingOnly whether a stamp, by its index in the source of the examples, is for the training set only
     */
    public static Split of(Examples examples, Fractions fractions, long seed, IntPredicate isForFittingOnly) {
        List<List<Integer>> fittingOnly = new ArrayList<>();
        List<List<Integer>> groups = new ArrayList<>();
        for (List<Integer> group : groups(examples)) {
            boolean isOnly = group.stream().anyMatch(index -> isForFittingOnly.test(examples.stampIndex(index)));
            (isOnly ? fittingOnly : groups).add(group);
        }
        Collections.shuffle(groups, new Random(seed));
        List<List<Integer>> parts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int[] ends = fractions.ends(groups.stream().mapToInt(List::size).sum());
        int dealt = 0;
        for (List<Integer> group : groups) {
            int part = dealt < ends[0] ? 0 : dealt < ends[1] ? 1 : 2;
            parts.get(part).addAll(group);
            dealt += group.size();
        }
        fittingOnly.forEach(parts.get(0)::addAll);
        return new Split(
                requireEveryClass(part(examples, parts.get(0), "training")),
                part(examples, parts.get(1), "validation"),
                part(examples, parts.get(2), "test"));
    }

    /** The same split for a network that takes features. */
    public Split with(FeatureInput input) {
        return new Split(fitting.with(input), validation.with(input), test.with(input));
    }

    /** The same split with the labels of a teacher for the training set. */
    public Split with(SoftLabels labels) {
        return new Split(fitting.with(labels), validation, test);
    }

    /** SHA-256 of the stamps of the training and of the validation set and of what is known of them; 64 hexadecimal digits. */
    public String fingerprint() {
        MessageDigest digest = Sha256.newDigest();
        for (Examples part : List.of(fitting, validation)) {
            for (int i = 0; i < part.size(); i++) {
                digest.update((part.stampIndex(i) + " " + part.features(i) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Examples requireEveryClass(Examples fitting) {
        int[] counts = new int[fitting.classes().size()];
        for (int i = 0; i < fitting.size(); i++) {
            counts[fitting.classOf(i)]++;
        }
        for (int place = 0; place < counts.length; place++) {
            if (counts[place] == 0) {
                throw new InvalidDataException(
                        "None of the " + fitting.size() + " stamps of the training set is of the class '"
                                + fitting.classes().names().get(place) + "'.");
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
            throw new InvalidDataException("Of " + examples.size() + " stamps that can be classified, the "
                    + part.size() + " of the " + purpose + " set are not of both classes; more stamps are needed.");
        }
        return part;
    }
}
