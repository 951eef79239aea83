package dev.stampede.stamps.stamp;

/**
 * What is known of the features of one candidate; NaN is unknown.
 *
 * @param likelihood {@link CandidateFeature#LIKELIHOOD}
 * @param obsCount {@link CandidateFeature#OBS_COUNT}
 * @param speed {@link CandidateFeature#SPEED}
 * @param signalToNoise {@link CandidateFeature#SIGNAL_TO_NOISE}
 */
public record CandidateFeatures(float likelihood, float obsCount, float speed, float signalToNoise) {
    /** Nothing is known. */
    public static final CandidateFeatures NONE = builder().build();

    public static Builder builder() {
        return new Builder();
    }

    /** The value of {@code feature}; NaN if unknown. */
    public float get(CandidateFeature feature) {
        return switch (feature) {
            case LIKELIHOOD -> likelihood;
            case OBS_COUNT -> obsCount;
            case SPEED -> speed;
            case SIGNAL_TO_NOISE -> signalToNoise;
        };
    }

    /** Whether {@code feature} is known. */
    public boolean has(CandidateFeature feature) {
        return !Float.isNaN(get(feature));
    }

    /** These, where known, and elsewhere those of {@code others}. */
    public CandidateFeatures completedBy(CandidateFeatures others) {
        Builder features = builder();
        for (CandidateFeature feature : CandidateFeature.values()) {
            features.set(feature, has(feature) ? get(feature) : others.get(feature));
        }
        return features.build();
    }

    /** Collects what is known; a value that is not finite in single precision is unknown. */
    public static final class Builder {
        private float likelihood = Float.NaN;
        private float obsCount = Float.NaN;
        private float speed = Float.NaN;
        private float signalToNoise = Float.NaN;

        private Builder() {}

        /** Sets {@code feature}, in its unit. */
        public Builder set(CandidateFeature feature, double value) {
            float known = Double.isFinite(value) && Math.abs(value) <= Float.MAX_VALUE ? (float) value : Float.NaN;
            switch (feature) {
                case LIKELIHOOD -> likelihood = known;
                case OBS_COUNT -> obsCount = known;
                case SPEED -> speed = known;
                case SIGNAL_TO_NOISE -> signalToNoise = known;
            }
            return this;
        }

        /** Sets the number of exposures; 0 is unknown. */
        public Builder exposureCount(double count) {
            return set(CandidateFeature.OBS_COUNT, count > 0 ? count : Double.NaN);
        }

        /** Sets the speed from the velocity along columns and rows, pixels per day. */
        public Builder velocity(double columnsPerDay, double rowsPerDay) {
            return set(CandidateFeature.SPEED, Math.sqrt(columnsPerDay * columnsPerDay + rowsPerDay * rowsPerDay));
        }

        /** Sets the S/N from a flux and its standard error, in one unit; unknown unless the error is above 0. */
        public Builder flux(double flux, double fluxError) {
            return set(CandidateFeature.SIGNAL_TO_NOISE, fluxError > 0 ? flux / fluxError : Double.NaN);
        }

        public CandidateFeatures build() {
            return new CandidateFeatures(likelihood, obsCount, speed, signalToNoise);
        }
    }
}
