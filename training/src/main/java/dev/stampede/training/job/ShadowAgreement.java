package dev.stampede.training.job;

/**
 * How the verdicts of a shadow model compare with those of the live model.
 *
 * @param alerts classified by both models, 0 or more
 * @param agreeing alerts with the same verdict of both
 * @param realByLive alerts that the live model calls REAL
 * @param realByShadow alerts that the shadow model calls REAL
 */
public record ShadowAgreement(long alerts, long agreeing, long realByLive, long realByShadow) {
    static final ShadowAgreement NONE = new ShadowAgreement(0, 0, 0, 0);

    /** Share of the alerts whose verdicts differ, 0 to 1; 0 without alerts. */
    public double disagreement() {
        return alerts == 0 ? 0 : (double) (alerts - agreeing) / alerts;
    }
}
