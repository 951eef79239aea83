package dev.stampede.stamps.stamp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A number that a search knows of a candidate in addition to its stamps, and that a model can take as an input. */
public enum CandidateFeature {
    /** The detection statistic of the search: for KBMOD the S/N of the stack along the trajectory, without a unit. */
    LIKELIHOOD("likelihood", "likelihood", "likelihood"),
    /** The exposures in the stack that the search kept, 1 or more. */
    OBS_COUNT("obsCount", "obs_count", "obs_count"),
    /** The length of the velocity of the trajectory, pixels per day, 0 or more. */
    SPEED("speed", "speed", "vx and vy"),
    /** The flux of the detection over its standard error, without a unit; below 0 for a negative source. */
    SIGNAL_TO_NOISE("signalToNoise", "flux_signal_to_noise", "flux and flux_error");

    private final String featureName;
    private final String column;
    private final String sourceColumns;

    CandidateFeature(String featureName, String column, String sourceColumns) {
        this.featureName = featureName;
        this.column = column;
        this.sourceColumns = sourceColumns;
    }

    /** The name in options and model files. */
    public String featureName() {
        return featureName;
    }

    /** The column of tables that Stampede writes. */
    public String column() {
        return column;
    }

    /** The columns of the tables of searches from which it is computed, for messages. */
    public String sourceColumns() {
        return sourceColumns;
    }

    /** The feature of that name; empty if there is none. */
    public static Optional<CandidateFeature> named(String featureName) {
        return Arrays.stream(values())
                .filter(feature -> feature.featureName.equals(featureName))
                .findFirst();
    }

    /** The names of all, for messages. */
    public static String names() {
        return names(List.of(values()));
    }

    /** The names of {@code features}, for messages. */
    public static String names(List<CandidateFeature> features) {
        return features.stream().map(CandidateFeature::featureName).collect(Collectors.joining(", "));
    }
}
