package dev.stampede.streaming.review;

import dev.stampede.schemas.Classification;
import dev.stampede.schemas.Verdict;
import dev.stampede.stamps.population.Feature;
import dev.stampede.stamps.population.FeatureShares;
import dev.stampede.stamps.population.ReferencePopulation;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds reasons to review a classification. Add the classifications of shadow models and the explanations first. Not
 * thread-safe.
 */
public final class Reviewer {
    /** A probability is uncertain up to this distance from the threshold, in log-odds: a factor of 7 in the odds. */
    static final double UNCERTAIN_LOG_ODDS = 2;

    /** The minimum spread over views that is a reason. */
    static final double MIN_SPREAD = 0.05;

    /** The spread that has the full weight: half of the maximum possible. */
    private static final double FULL_SPREAD = 0.25;

    private static final double DRIFT_WEIGHT = 0.5;

    /** Keeps the odds of a probability of 0 or 1 finite. */
    private static final double ROUNDING = 1e-7;

    private final Map<Feature, FeatureShares> reference;
    private final Map<String, Verdict> shadow = new HashMap<>();
    private final Set<String> onBackground = new HashSet<>();

    /** @param reference the reference population of the live model, if its file has one */
    public Reviewer(Optional<ReferencePopulation> reference) {
        this.reference = reference.map(ReferencePopulation::features).orElse(Map.of());
    }

    public void addShadow(Classification reported) {
        shadow.put(reported.getAlertId(), reported.getVerdict());
    }

    public void addExplanation(Classification reported) {
        if (reported.getJudgedOnBackground()) {
            onBackground.add(reported.getAlertId());
        }
    }

    /** The reasons to review it; empty if it has none or is an abstention. */
    public Optional<ReviewCandidate> review(Classification reported) {
        Float probability = reported.getProbability();
        if (probability == null) {
            return Optional.empty();
        }
        Map<ReviewReason, Double> reasons = new EnumMap<>(ReviewReason.class);
        double distance = Math.abs(logOdds(probability) - logOdds(reported.getThreshold()));
        add(reasons, ReviewReason.UNCERTAIN, 1 - distance / UNCERTAIN_LOG_ODDS);
        Verdict other = shadow.getOrDefault(reported.getAlertId(), Verdict.ABSTAIN);
        boolean disagrees = other != Verdict.ABSTAIN && other != reported.getVerdict();
        add(reasons, ReviewReason.SHADOW_DISAGREES, disagrees ? 1 : 0);
        Float spread = reported.getProbabilitySpread();
        add(
                reasons,
                ReviewReason.VIEWS_DIFFER,
                spread == null || spread < MIN_SPREAD ? 0 : Math.min(1, spread / FULL_SPREAD));
        boolean background = reported.getJudgedOnBackground() || onBackground.contains(reported.getAlertId());
        add(reasons, ReviewReason.JUDGED_ON_BACKGROUND, background ? 1 : 0);
        add(reasons, ReviewReason.DRIFTED, hasDrifted(reported) ? DRIFT_WEIGHT : 0);
        return reasons.isEmpty() ? Optional.empty() : Optional.of(new ReviewCandidate(reported, reasons));
    }

    private static void add(Map<ReviewReason, Double> reasons, ReviewReason reason, double weight) {
        if (weight > 0) {
            reasons.put(reason, weight);
        }
    }

    private static double logOdds(double probability) {
        double inside = Math.min(Math.max(probability, ROUNDING), 1 - ROUNDING);
        return Math.log(inside / (1 - inside));
    }

    private boolean hasDrifted(Classification reported) {
        return isFar(Feature.SIGMA_G, reported.getQuality().getSigmaG())
                || isFar(Feature.MASKED_FRACTION, reported.getQuality().getMaskedFraction())
                || isFar(Feature.PEAK_SIGNAL_TO_NOISE, reported.getQuality().getPeakSignalToNoise());
    }

    /** Whether a value is outside the middle 80 % of the reference by more than their width. */
    private boolean isFar(Feature feature, double value) {
        List<Double> edges = Optional.ofNullable(reference.get(feature))
                .map(FeatureShares::edges)
                .orElse(List.of());
        if (edges.size() < 2) {
            return false;
        }
        double low = edges.get(0);
        double high = edges.get(edges.size() - 1);
        return value < low - (high - low) || value > high + (high - low);
    }
}
