package dev.stampede.streaming.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.explain.OcclusionSettings;
import dev.stampede.stamps.population.Feature;
import dev.stampede.stamps.population.ReferencePopulation;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.ReleasedModel;
import dev.stampede.streaming.SettableClock;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.ModelHandle;
import dev.stampede.streaming.scoring.ModelIdentity;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.scoring.StampExplainer;
import dev.stampede.streaming.scoring.StampScorer;
import dev.stampede.streaming.wire.SingleObject;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriftMonitorTest {
    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final CollectorRegistry registry = new CollectorRegistry();
    private final Random random = new Random(1);

    /** Scores of bogus stamps lie evenly in 0 to 0.5, those of real ones in 0.5 to 1: what the fake model calls them. */
    private static ReferencePopulation reference() {
        ReferencePopulation.Builder builder = new ReferencePopulation.Builder();
        for (int i = 0; i < 1000; i++) {
            builder.add(Feature.SCORE, i / 2000.0, false);
            builder.add(Feature.SCORE, 0.5 + i / 2000.0, true);
        }
        return builder.build().orElseThrow();
    }

    /** The fake model, with a reference. */
    private static ModelHandle model(Optional<ReferencePopulation> reference) {
        FirstPixelModel activeModel = new FirstPixelModel();
        return new ModelHandle() {
            @Override
            public ModelIdentity identity() {
                return activeModel.identity();
            }

            @Override
            public StampScorer newScorer() {
                return activeModel.newScorer();
            }

            @Override
            public StampExplainer newExplainer(OcclusionSettings settings) {
                return activeModel.newExplainer(settings);
            }

            @Override
            public Optional<ReferencePopulation> reference() {
                return reference;
            }
        };
    }

    private DriftMonitor monitor(Optional<ReferencePopulation> reference) {
        DriftMonitor monitor = new DriftMonitor(model(reference), clock);
        registry.register(monitor);
        return monitor;
    }

    private static List<Outcome> outcomes(Stream<Float> pixels) {
        AlertScorerFactory scoring =
                new AlertScorerFactory(new FirstPixelModel(), 100_000, new StreamMetrics(), Clock.systemUTC());
        try (PollScorer scorer = scoring.newScorer()) {
            return scorer.score(pixels.map(pixel -> SingleObject.write(Alerts.uniform("id", pixel)))
                    .toList());
        }
    }

    private void show(DriftMonitor monitor, int polls, java.util.function.Supplier<Float> pixel) {
        for (int poll = 0; poll < polls; poll++) {
            clock.advance(Duration.ofMillis(100));
            monitor.observe(outcomes(Stream.generate(pixel).limit(DriftMonitor.SAMPLED_OF_A_POLL)));
        }
    }

    private @Nullable Double index() {
        return registry.getSampleValue(
                "stampede_drift_psi",
                new String[] {"survey", "model_version", "feature"},
                new String[] {"DEEP", "7", "score"});
    }

    @Test
    void aPopulationLikeTheReferenceHasNotMoved() {
        show(monitor(Optional.of(reference())), 100, random::nextFloat);
        assertThat(index()).isBetween(0.0, 0.1);
    }

    @Test
    void aNightOfBogusAloneHasNotMovedEither() {
        show(monitor(Optional.of(reference())), 100, () -> random.nextFloat() / 2);
        assertThat(index()).isBetween(0.0, 0.1);
    }

    @Test
    void scoresThatHuddleElsewhereHaveMoved() {
        show(monitor(Optional.of(reference())), 100, () -> 0.4f + random.nextFloat() / 20);
        assertThat(index()).isGreaterThan(1);
    }

    @Test
    void aNightLaterItIsForgotten() {
        show(monitor(Optional.of(reference())), 100, random::nextFloat);
        clock.advance(Duration.ofHours(SlidingCounts.HOURS));
        assertThat(index()).isNull();
    }

    @Test
    void saysNothingOfFewStamps() {
        show(monitor(Optional.of(reference())), 10, random::nextFloat);
        assertThat(index()).isNull();
    }

    @Test
    void aModelWithoutReferenceTellsOnlyHowManyAbstain() {
        show(monitor(Optional.empty()), 100, () -> random.nextBoolean() ? Float.NaN : 0.5f);
        assertThat(index()).isNull();
        assertThat(registry.getSampleValue("stampede_abstain_ratio", new String[] {"survey"}, new String[] {"DEEP"}))
                .isBetween(0.4, 0.6);
    }

    @Test
    void anotherModelIsCountedAnew() {
        DriftMonitor monitor = monitor(Optional.of(reference()));
        show(monitor, 100, random::nextFloat);
        assertThat(index()).isNotNull();
        monitor.follow(model(Optional.of(reference())));
        assertThat(index()).as("what the one before scored").isNull();
        show(monitor, 100, random::nextFloat);
        assertThat(index()).isBetween(0.0, 0.1);
        monitor.follow(ReleasedModel.named("other", "8", 1f));
        show(monitor, 100, random::nextFloat);
        assertThat(registry.getSampleValue("stampede_abstain_ratio", new String[] {"survey"}, new String[] {"DEEP"}))
                .as("scored by another than the one that judges now")
                .isNull();
    }

    @Test
    void looksAtABoundedNumberASecond() {
        DriftMonitor monitor = monitor(Optional.of(reference()));
        List<Outcome> poll = outcomes(Stream.generate(random::nextFloat).limit(DriftMonitor.SAMPLED_OF_A_POLL));
        for (int i = 0; i < 1000; i++) {
            monitor.observe(poll);
        }
        assertThat(index()).as("all within one second").isNull();
    }
}
