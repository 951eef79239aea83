package dev.stampede.stamps.results;

import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The columns of a table from which the features of its candidates are read: the quantities that searches write, by the
 * names of KBMOD or of the schema StampAlert, or else a feature's own. The column {@code signal_to_noise} is not read: in
 * {@code truth.csv} it is the truth.
 */
public final class FeatureColumns {
    private static final List<String> EXPOSURES = List.of("obs_count", "exposureCount", "exposures");
    private static final List<String> VELOCITY_X = List.of("vx", "velocityXPixelsPerDay");
    private static final List<String> VELOCITY_Y = List.of("vy", "velocityYPixelsPerDay");
    private static final List<String> FLUX = List.of("flux");
    private static final List<String> FLUX_ERROR = List.of("flux_error", "fluxError");

    private FeatureColumns() {}

    /** Whether {@code column} is a feature's own. */
    public static boolean isFeature(String column) {
        return Arrays.stream(CandidateFeature.values())
                .anyMatch(feature -> feature.column().equals(column));
    }

    /** The features in a row, of which {@code number} reads the number in a column; NaN if there is none. */
    public static CandidateFeatures of(ToDoubleFunction<String> number) {
        CandidateFeatures.Builder own = CandidateFeatures.builder();
        for (CandidateFeature feature : CandidateFeature.values()) {
            own.set(feature, number.applyAsDouble(feature.column()));
        }
        return CandidateFeatures.builder()
                .exposureCount(first(EXPOSURES, number))
                .velocity(first(VELOCITY_X, number), first(VELOCITY_Y, number))
                .flux(first(FLUX, number), first(FLUX_ERROR, number))
                .build()
                .completedBy(own.build());
    }

    /** The features in a row of texts by column; a cell that is not a number is unknown. */
    public static CandidateFeatures of(Map<String, String> cells) {
        return of(column -> number(cells.getOrDefault(column, "")));
    }

    private static double first(List<String> columns, ToDoubleFunction<String> number) {
        for (String column : columns) {
            double value = number.applyAsDouble(column);
            if (!Double.isNaN(value)) {
                return value;
            }
        }
        return Double.NaN;
    }

    private static double number(String text) {
        if (text.isBlank()) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            return Double.NaN;
        }
    }
}
