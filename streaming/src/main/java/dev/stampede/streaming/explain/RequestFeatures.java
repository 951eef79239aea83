package dev.stampede.streaming.explain;

import dev.stampede.schemas.Features;
import dev.stampede.stamps.stamp.CandidateFeature;
import dev.stampede.stamps.stamp.CandidateFeatures;
import org.jspecify.annotations.Nullable;

/** The features of a candidate in the request for its map. */
final class RequestFeatures {
    private RequestFeatures() {}

    /** Null if nothing is known. */
    static @Nullable Features write(CandidateFeatures known) {
        return known.equals(CandidateFeatures.NONE)
                ? null
                : new Features(
                        orNull(known.likelihood()),
                        orNull(known.obsCount()),
                        orNull(known.speed()),
                        orNull(known.signalToNoise()));
    }

    static CandidateFeatures read(@Nullable Features wire) {
        return wire == null
                ? CandidateFeatures.NONE
                : CandidateFeatures.builder()
                        .set(CandidateFeature.LIKELIHOOD, known(wire.getLikelihood()))
                        .set(CandidateFeature.OBS_COUNT, known(wire.getObsCount()))
                        .set(CandidateFeature.SPEED, known(wire.getSpeed()))
                        .set(CandidateFeature.SIGNAL_TO_NOISE, known(wire.getSignalToNoise()))
                        .build();
    }

    private static @Nullable Float orNull(float value) {
        return Float.isNaN(value) ? null : value;
    }

    private static float known(@Nullable Float value) {
        return value == null ? Float.NaN : value;
    }
}
