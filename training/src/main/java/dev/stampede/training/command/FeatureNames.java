package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.stamp.CandidateFeature;
import java.util.HashSet;
import java.util.List;

/** The values of {@code --features}: what a network takes in addition to stamps. */
final class FeatureNames {
    /** No features. */
    static final String NONE = "none";

    /** For the help of commands, without the default. */
    static final String DESCRIPTION = "What the search knows of a candidate, as a second input of the network:"
            + " likelihood, obsCount, speed, signalToNoise, from truth.csv or a results table, masked if a candidate lacks"
            + " it; or " + NONE;

    private FeatureNames() {}

    /** The features of these names. One that is unknown or named twice is wrong usage. */
    static List<CandidateFeature> parse(List<String> names) {
        if (names.equals(List.of(NONE))) {
            return List.of();
        }
        List<CandidateFeature> features =
                names.stream().map(FeatureNames::feature).toList();
        if (new HashSet<>(features).size() < features.size()) {
            throw CommandException.usage("--features names a feature twice: " + String.join(",", names) + ".");
        }
        return features;
    }

    private static CandidateFeature feature(String name) {
        return CandidateFeature.named(name)
                .orElseThrow(() -> CommandException.usage(
                        "--features: '" + name + "' is not one of " + CandidateFeature.names() + "."));
    }
}
