package dev.stampede.streaming.drift;

import dev.stampede.stamps.population.Feature;
import dev.stampede.stamps.population.FeatureShares;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.packet.Alert;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.OutcomeListener;
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
 * Compares the alerts of each survey over the last 24 hours with the model's reference population. Samples a bounded
 * number of alerts per second, spread over the polls, and keeps only counts. Thread-safe.
 */
final class DriftMonitor extends Collector implements OutcomeListener {
    /** Maximum alerts sampled per second: costs a thousandth of a core. */
    static final int SAMPLED = 200;

    /** Maximum alerts sampled from one poll. */
    static final int SAMPLED_OF_A_POLL = 20;

    /** Minimum for an index: without drift, its expectation over ten bins is 9 / n. */
    static final int MIN = 500;

    static final int MAX_SURVEYS = 16;

    private static final long SECOND_MILLIS = 1000;

    private Map<Feature, FeatureShares> reference = Map.of();
    private String modelVersion = "";
    private String modelSha256 = "";
    private final Clock clock;
    private final Map<String, Night> nights = new LinkedHashMap<>();
    private long second = Long.MIN_VALUE;
    private int sampled;

    /** The counts of one survey. */
    private static final class Night {
        private final SlidingCounts verdicts = new SlidingCounts(VerdictBins.COUNT);
        private final Map<Feature, SlidingCounts> features = new EnumMap<>(Feature.class);
    }

    DriftMonitor(ModelHandle model, Clock clock) {
        this.clock = clock;
        follow(model);
    }

    /** Restarts the counts with the reference of {@code model}, whose scores differ from those of its predecessor. */
    synchronized void follow(ModelHandle model) {
        reference = model.reference().map(ReferencePopulation::features).orElse(Map.of());
        modelVersion = model.identity().version();
        modelSha256 = model.identity().sha256();
        nights.clear();
    }

    @Override
    public synchronized void observe(List<Outcome> outcomes) {
        long now = clock.millis();
        if (now / SECOND_MILLIS != second) {
            second = now / SECOND_MILLIS;
            sampled = 0;
        }
        int step = Math.max(1, outcomes.size() / SAMPLED_OF_A_POLL);
        for (int i = 0; i < outcomes.size() && sampled < SAMPLED; i += step) {
            if (outcomes.get(i) instanceof Outcome.Classified classified
                    && classified.model().sha256().equals(modelSha256)) {
                sampled++;
                count(classified, now);
            }
        }
    }

    private void count(Outcome.Classified classified, long now) {
        Alert alert = classified.alert();
        if (nights.size() == MAX_SURVEYS && !nights.containsKey(alert.survey())) {
            return; // names come from outside: bound the memory
        }
        Night night = nights.computeIfAbsent(alert.survey(), survey -> new Night());
        night.verdicts.add(VerdictBins.of(classified.prediction().verdict()), now);
        if (classified.prediction() instanceof Prediction.Scored scored
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
            if (all >= MIN) {
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
                        "Population stability index against the model's reference, over 24 hours; above 0.25 is significant drift.",
                        drift),
                new MetricFamilySamples(
                        "stampede_abstain_ratio",
                        Type.GAUGE,
                        "Share of alerts with verdict ABSTAIN, over 24 hours.",
                        abstained));
    }

    private List<MetricFamilySamples.Sample> indices(String survey, Night night, double realShare, long now) {
        List<MetricFamilySamples.Sample> indices = new ArrayList<>();
        night.features.forEach((feature, counts) -> {
            List<Long> byBin = counts.counts(now);
            if (sum(byBin) >= MIN) {
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
