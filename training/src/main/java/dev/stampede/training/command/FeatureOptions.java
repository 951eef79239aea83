package dev.stampede.training.command;

import dev.stampede.commandline.CommandException;
import dev.stampede.commandline.OptionHeading;
import dev.stampede.stamps.stamp.CandidateFeature;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a network takes in addition to stamps. */
final class FeatureOptions {
    /** No features. */
    private static final String NONE = "none";

    @OptionHeading("Model")
    @Option(
            names = "--features",
            paramLabel = "FEATURE",
            split = ",",
            description =
                    "What the search knows of a candidate, as a second input of the network: likelihood, obsCount,"
                            + " speed, signalToNoise, from truth.csv or a results table; or none (default: none; of retrain, those"
                            + " of the live model). One that a candidate lacks is masked.")
    private @Nullable List<String> names;

    /** The features; empty if the option is absent. One that is unknown or named twice is wrong usage. */
    Optional<List<CandidateFeature>> features() {
        if (names == null) {
            return Optional.empty();
        }
        if (names.equals(List.of(NONE))) {
            return Optional.of(List.of());
        }
        List<CandidateFeature> features =
                names.stream().map(FeatureOptions::feature).toList();
        if (new HashSet<>(features).size() < features.size()) {
            throw CommandException.usage("--features names a feature twice: " + String.join(",", names) + ".");
        }
        return Optional.of(features);
    }

    private static CandidateFeature feature(String name) {
        return CandidateFeature.named(name)
                .orElseThrow(() -> CommandException.usage(
                        "--features: '" + name + "' is not one of " + CandidateFeature.names() + "."));
    }
}
