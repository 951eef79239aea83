package dev.stampede.streaming.packet;

import dev.stampede.schemas.StampAlert;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import org.jspecify.annotations.Nullable;

/** What a search states in the fields of a stamp alert, as features of the candidate. */
public final class SearchFields {
    private SearchFields() {}

    /** The features of {@code alert}. */
    public static CandidateFeatures of(StampAlert alert) {
        return CandidateFeatures.builder()
                .set(CandidateFeature.LIKELIHOOD, known(alert.getLikelihood()))
                .exposureCount(alert.getExposureCount())
                .velocity(known(alert.getVelocityXPixelsPerDay()), known(alert.getVelocityYPixelsPerDay()))
                .flux(known(alert.getFlux()), known(alert.getFluxError()))
                .build();
    }

    private static double known(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
