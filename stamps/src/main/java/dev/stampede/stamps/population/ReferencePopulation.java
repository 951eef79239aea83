package dev.stampede.stamps.population;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The distributions of the monitored features over the stamps with which a model was evaluated. Stored in an optional
 * entry of the model file.
 *
 * @param features one or more
 */
public record ReferencePopulation(Map<Feature, FeatureShares> features) {
    /** The entry of the ONNX {@code metadata_props} that contains it. */
    public static final String ENTRY = "stampede.reference";

    /** The minimum number of stamps of a kind for a distribution. */
    private static final int MIN = 50;

    public ReferencePopulation {
        if (features.isEmpty()) {
            throw new IllegalArgumentException("a reference needs one or more features");
        }
        features = Collections.unmodifiableMap(new EnumMap<>(features));
    }

    /** Collects stamps for a reference. */
    public static final class Builder {
        private final Map<Feature, List<Double>> bogus = new EnumMap<>(Feature.class);
        private final Map<Feature, List<Double>> real = new EnumMap<>(Feature.class);

        /** Adds the value of a stamp; NaN is ignored. */
        public void add(Feature feature, double value, boolean isReal) {
            if (!Double.isNaN(value)) {
                (isReal ? real : bogus)
                        .computeIfAbsent(feature, key -> new ArrayList<>())
                        .add(value);
            }
        }

        /** The reference; empty if every feature has too few stamps of a kind. */
        public Optional<ReferencePopulation> build() {
            Map<Feature, FeatureShares> features = new EnumMap<>(Feature.class);
            for (Feature feature : Feature.values()) {
                double[] ofBogus = values(bogus, feature);
                double[] ofReal = values(real, feature);
                if (ofBogus.length >= MIN && ofReal.length >= MIN) {
                    features.put(feature, FeatureShares.of(ofBogus, ofReal));
                }
            }
            return features.isEmpty() ? Optional.empty() : Optional.of(new ReferencePopulation(features));
        }

        private static double[] values(Map<Feature, List<Double>> of, Feature feature) {
            return of.getOrDefault(feature, List.of()).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
    }

    /** As text: {@code FEATURE:edges|bogus shares|real shares;...}, numbers by commas. */
    public String text() {
        return features.entrySet().stream()
                .map(entry -> entry.getKey() + ":" + join(entry.getValue().edges()) + "|"
                        + join(entry.getValue().bogusShares()) + "|"
                        + join(entry.getValue().realShares()))
                .collect(Collectors.joining(";"));
    }

    private static String join(List<Double> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /**
     * Reads {@link #text} back; unknown features are ignored.
     *
     * @throws IllegalArgumentException if it is invalid
     */
    public static ReferencePopulation parse(String text) {
        Map<Feature, FeatureShares> features = new EnumMap<>(Feature.class);
        for (String part : text.split(";", -1)) {
            int colon = part.indexOf(':');
            String[] lists = part.substring(colon + 1).split("\\|", -1);
            if (colon < 0 || lists.length != 3) {
                throw new IllegalArgumentException("not a feature of a reference: '" + part + "'");
            }
            for (Feature feature : Feature.values()) {
                if (feature.name().equals(part.substring(0, colon))) {
                    features.put(feature, new FeatureShares(numbers(lists[0]), numbers(lists[1]), numbers(lists[2])));
                }
            }
        }
        return new ReferencePopulation(features);
    }

    private static List<Double> numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        for (String number : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            numbers.add(Double.valueOf(number));
        }
        return numbers;
    }
}
