package dev.stampede.streaming.watch;

import dev.stampede.stamps.population.Feature;
import dev.stampede.stamps.population.FeatureShares;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.score.Judgement;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.OutcomeWatch;
import dev.stampede.streaming.scoring.ScoringModel;
import io.prometheus.client.Collector;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Measures how far the alerts of each survey, over a sliding night, are from the population that the model was measured
 * on. Looks at a sample, spread over the polls, of bounded size a second; keeps counts alone. Thread-safe.
 */
final class DriftWatch extends Collector implements OutcomeWatch {
    /** Alerts looked at in a second: a thousandth of a core. */
    static final int SAMPLED = 200;

    /** Out of one poll at most. */
    static final int SAMPLED_OF_A_POLL = 20;

    /** Fewer say nothing: of a population that has not moved, the index of ten bins is 9 / n on average. */
    static final int LEAST = 500;

    static final int MOST_SURVEYS = 16;

    private static final long SECOND_MILLIS = 1000;

    private Map<Feature, FeatureShares> reference = Map.of();
    private String modelVersion = "";
    private String modelSha256 = "";
    private final Clock clock;
    private final Map<String, Night> nights = new LinkedHashMap<>();
    private long second = Long.MIN_VALUE;
    private int sampled;

    /** What is counted of one survey. */
    private static final class Night {
        private final SlidingCounts verdicts = new SlidingCounts(VerdictBins.COUNT);
        private final Map<Feature, SlidingCounts> features = new EnumMap<>(Feature.class);
    }

    DriftWatch(ScoringModel model, Clock clock) {
        this.clock = clock;
        follow(model);
    }

    /** From now on compares with the reference of {@code model}, and counts anew: its scores are not those of before. */
    synchronized void follow(ScoringModel model) {
        reference = model.reference().map(ReferencePopulation::features).orElse(Map.of());
        modelVersion = model.identity().version();
        modelSha256 = model.identity().sha256();
        nights.clear();
    }

    @Override
    public synchronized void saw(List<Outcome> outcomes) {
        long now = clock.millis();
        if (now / SECOND_MILLIS != second) {
            second = now / SECOND_MILLIS;
            sampled = 0;
        }
        int step = Math.max(1, outcomes.size() / SAMPLED_OF_A_POLL);
        for (int i = 0; i < outcomes.size() && sampled < SAMPLED; i += step) {
            if (outcomes.get(i) instanceof Outcome.Judged judged
                    && judged.model().sha256().equals(modelSha256)) {
                sampled++;
                count(judged, now);
            }
        }
    }

    private void count(Outcome.Judged judged, long now) {
        Alert alert = judged.alert();
        if (nights.size() == MOST_SURVEYS && !nights.containsKey(alert.survey())) {
            return; // a name from outside must not fill the memory
        }
        Night night = nights.computeIfAbsent(alert.survey(), survey -> new Night());
        night.verdicts.add(VerdictBins.of(judged.judgement().verdict()), now);
        if (judged.judgement() instanceof Judgement.Scored scored
                && alert.stamp().isPresent()) {
            reference.forEach((feature, shares) -> {
                double value = feature.of(
                        scored.probability(), scored.quality(), alert.stamp().get());
                if (!Double.isNaN(value)) {
                    night.features
                            .computeIfAbsent(feature, key -> new SlidingCounts(shares.bins()))
                            .add(shares.bin(value), now);
                }
            });
        }
    }

    @Override
    public synchronized List<MetricFamilySamples> collect() {
        List<MetricFamilySamples.Sample> drift = new ArrayList<>();
        List<MetricFamilySamples.Sample> abstained = new ArrayList<>();
        long now = clock.millis();
        nights.forEach((survey, night) -> {
            List<Long> verdicts = night.verdicts.counts(now);
            long all = sum(verdicts);
            if (all >= LEAST) {
                long abstain = verdicts.get(VerdictBins.of(Verdict.ABSTAIN));
                abstained.add(new MetricFamilySamples.Sample(
                        "stampede_abstain_ratio", List.of("survey"), List.of(survey), (double) abstain / all));
                double realShare = (double) verdicts.get(VerdictBins.of(Verdict.REAL)) / Math.max(1, all - abstain);
                drift.addAll(indices(survey, night, realShare, now));
            }
        });
        return List.of(
                new MetricFamilySamples(
                        "stampede_drift_psi",
                        Type.GAUGE,
                        "Population stability index against the model's reference, over a night; above 0.25 is another.",
                        drift),
                new MetricFamilySamples(
                        "stampede_abstain_ratio",
                        Type.GAUGE,
                        "Share of the alerts that could not be judged, over a night.",
                        abstained));
    }

    private List<MetricFamilySamples.Sample> indices(String survey, Night night, double realShare, long now) {
        List<MetricFamilySamples.Sample> indices = new ArrayList<>();
        night.features.forEach((feature, counts) -> {
            List<Long> byBin = counts.counts(now);
            if (sum(byBin) >= LEAST) {
                indices.add(new MetricFamilySamples.Sample(
                        "stampede_drift_psi",
                        List.of("survey", "model_version", "feature"),
                        List.of(survey, modelVersion, feature.name().toLowerCase(Locale.ROOT)),
                        Objects.requireNonNull(reference.get(feature)).stabilityIndex(byBin, realShare)));
            }
        });
        return indices;
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
