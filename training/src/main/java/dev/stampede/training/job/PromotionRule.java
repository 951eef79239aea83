package dev.stampede.training.job;

import java.util.Locale;
import java.util.Optional;

/**
 * When a model that scores as shadow replaces the live model.
 *
 * @param isAutomatic whether the job promotes; otherwise a person does
 * @param alerts alerts that both models classify before the decision, 1 or more
 * @param maxDisagreement the maximum share of alerts with another verdict, 0 to 1
 * @param maxRealRatio the maximum ratio of the numbers of REAL verdicts, of either model to the other, 1 or more
 */
public record PromotionRule(boolean isAutomatic, long alerts, double maxDisagreement, double maxRealRatio) {
    /** Added to both numbers of REAL verdicts: a ratio of small numbers says little. */
    private static final int FEW = 10;

    /** The alerts that a comparison of a shadow with the live model reads. */
    private static final int MAX_ALERTS = 1_000_000;

    public PromotionRule {
        if (alerts < 1 || alerts > MAX_ALERTS) {
            throw new IllegalArgumentException("the number of alerts must be 1 to " + MAX_ALERTS + ", not " + alerts);
        }
        if (!(maxDisagreement >= 0 && maxDisagreement <= 1)) {
            throw new IllegalArgumentException("the maximum disagreement must be 0 to 1, not " + maxDisagreement);
        }
        if (!(maxRealRatio >= 1)) {
            throw new IllegalArgumentException("the maximum ratio must be 1 or more, not " + maxRealRatio);
        }
    }

    boolean hasEnough(ShadowAgreement agreement) {
        return agreement.alerts() >= alerts;
    }

    /** Why a person has to decide about a model that was compared on enough alerts; empty if the job promotes it. */
    Optional<String> objection(ShadowAgreement agreement) {
        double ratio = (agreement.realByShadow() + (double) FEW) / (agreement.realByLive() + FEW);
        if (agreement.disagreement() > maxDisagreement) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "the shadow has another verdict on %.2f %% of %d alerts, more than %.2f %%",
                    100 * agreement.disagreement(),
                    agreement.alerts(),
                    100 * maxDisagreement));
        }
        if (ratio > maxRealRatio || 1 / ratio > maxRealRatio) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "the shadow calls %d of %d alerts REAL, the live model %d: a ratio beyond %.2f",
                    agreement.realByShadow(),
                    agreement.alerts(),
                    agreement.realByLive(),
                    maxRealRatio));
        }
        return isAutomatic ? Optional.empty() : Optional.of("promotion is by a person");
    }
}
