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
 * Finds what is of concern about a classification. It must be told first what other models and explanations say. Not
 * thread-safe.
 */
public final class Reviewer {
    /** A probability is uncertain up to this distance from the threshold, in log-odds: a factor of 7 in the odds. */
    static final double UNCERTAIN_LOG_ODDS = 2;

    /** The spread over views that is of some concern; half of the greatest possible is of full concern. */
    static final double LEAST_SPREAD = 0.05;

    private static final double FULL_SPREAD = 0.25;
    private static final double DRIFT_WEIGHT = 0.5;

    /** Keeps the odds of a probability of 0 or 1 finite. */
    private static final double ROUNDING = 1e-7;

    private final Map<Feature, FeatureShares> reference;
    private final Map<String, Verdict> shadow = new HashMap<>();
    private final Set<String> onBackground = new HashSet<>();

    /** @param reference the stamps that the live model was measured on, where its file tells */
    public Reviewer(Optional<ReferencePopulation> reference) {
        this.reference = reference.map(ReferencePopulation::features).orElse(Map.of());
    }

    /** Remembers what a shadow model says. */
    public void addShadow(Classification said) {
        shadow.put(said.getAlertId(), said.getVerdict());
    }

    /** Remembers what an explanation says. */
    public void addExplanation(Classification said) {
        if (said.getJudgedOnBackground()) {
            onBackground.add(said.getAlertId());
        }
    }

    /** Why someone should look at it; empty where there is no reason or it was not judged. */
    public Optional<Candidate> review(Classification said) {
        Float probability = said.getProbability();
        if (probability == null) {
            return Optional.empty();
        }
        Map<Concern, Double> concerns = new EnumMap<>(Concern.class);
        double distance = Math.abs(logOdds(probability) - logOdds(said.getThreshold()));
        add(concerns, Concern.UNCERTAIN, 1 - distance / UNCERTAIN_LOG_ODDS);
        Verdict other = shadow.getOrDefault(said.getAlertId(), Verdict.ABSTAIN);
        boolean disagrees = other != Verdict.ABSTAIN && other != said.getVerdict();
        add(concerns, Concern.SHADOW_DISAGREES, disagrees ? 1 : 0);
        Float spread = said.getProbabilitySpread();
        add(
                concerns,
                Concern.VIEWS_DIFFER,
                spread == null || spread < LEAST_SPREAD ? 0 : Math.min(1, spread / FULL_SPREAD));
        boolean background = said.getJudgedOnBackground() || onBackground.contains(said.getAlertId());
        add(concerns, Concern.JUDGED_ON_BACKGROUND, background ? 1 : 0);
        add(concerns, Concern.DRIFTED, hasDrifted(said) ? DRIFT_WEIGHT : 0);
        return concerns.isEmpty() ? Optional.empty() : Optional.of(new Candidate(said, concerns));
    }

    private static void add(Map<Concern, Double> concerns, Concern concern, double weight) {
        if (weight > 0) {
            concerns.put(concern, weight);
        }
    }

    private static double logOdds(double probability) {
        double inside = Math.min(Math.max(probability, ROUNDING), 1 - ROUNDING);
        return Math.log(inside / (1 - inside));
    }

    private boolean hasDrifted(Classification said) {
        return isFar(Feature.SIGMA_G, said.getQuality().getSigmaG())
                || isFar(Feature.MASKED_FRACTION, said.getQuality().getMaskedFraction())
                || isFar(Feature.PEAK_SIGNAL_TO_NOISE, said.getQuality().getPeakSignalToNoise());
    }

    /** Whether a value lies farther outside of the middle 80 % of the reference than those are wide. */
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
