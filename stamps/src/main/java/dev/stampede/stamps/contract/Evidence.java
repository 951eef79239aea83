package dev.stampede.stamps.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is known of a model's quality, and how it is verified.
 *
 * @param dataFingerprint SHA-256 of the training data, 64 lower-case hexadecimal digits; empty if unknown
 * @param metrics headline metrics on held-out data by name, in order; finite; a name has no space, comma or equals sign
 * @param findsPointSources whether it must score synthetic point sources above noise; false for a model whose input cannot
 *     be synthesised, which is verified by its golden stamps alone
 * @param goldenStamps stamps with the probabilities that the network computed for them
 */
public record Evidence(
        String dataFingerprint,
        Map<String, Double> metrics,
        boolean findsPointSources,
        List<GoldenStamp> goldenStamps) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NAME = Pattern.compile("[^=,\\s]+");

    public Evidence {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        goldenStamps = List.copyOf(goldenStamps);
        require(
                dataFingerprint.isEmpty() || SHA_256.matcher(dataFingerprint).matches(),
                "the data fingerprint is not 64 lower-case hexadecimal digits: " + dataFingerprint);
        metrics.forEach(Evidence::checkMetric);
    }

    /** Of a network that Stampede trained. */
    public static Evidence ofTraining(String fingerprint, Map<String, Double> metrics, List<GoldenStamp> goldenStamps) {
        return new Evidence(fingerprint, metrics, true, goldenStamps);
    }

    private static void checkMetric(String name, Double value) {
        require(NAME.matcher(name).matches(), "not a valid metric name: '" + name + "'");
        require(Double.isFinite(value), "the metric " + name + " is not finite: " + value);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
