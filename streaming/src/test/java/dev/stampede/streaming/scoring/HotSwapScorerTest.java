package dev.stampede.streaming.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.score.Prediction;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.ReleasedModel;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.wire.SingleObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The models change under threads that score. */
class HotSwapScorerTest {
    private final FirstPixelModel first = new FirstPixelModel();
    private final StreamMetrics metrics = new StreamMetrics();
    private final AlertScorerFactory scoring = new AlertScorerFactory(first, 100_000, metrics, Clock.systemUTC());
    private final ReleasedModel half = ReleasedModel.named("half", "1", 0.5f);

    private static List<byte[]> alerts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> SingleObject.write(Alerts.uniform("a" + i, 0.8f)))
                .toList();
    }

    private static List<Outcome.Classified> classified(List<Outcome> outcomes) {
        return outcomes.stream().map(outcome -> (Outcome.Classified) outcome).toList();
    }

    private static float probability(Outcome.Classified classified) {
        return ((Prediction.Scored) classified.prediction()).probability();
    }

    private void shadow(ReleasedModel model, Duration maxPollDelay) {
        scoring.models().setShadow(new ShadowModel(model, maxPollDelay));
    }

    private double metric(String name) {
        return metrics.registry().getSampleValue(name);
    }

    @Test
    void takesToAnotherModelAtTheNextPollAndClosesItsScorers() {
        try (PollScorer scorer = scoring.newScorer()) {
            assertThat(classified(scorer.score(alerts(2))))
                    .extracting(Outcome.Classified::model)
                    .containsOnly(FirstPixelModel.IDENTITY);
            scoring.models().swapTo(half);
            List<Outcome.Classified> after = classified(scorer.score(alerts(2)));
            assertThat(after).extracting(Outcome.Classified::model).containsOnly(half.identity());
            assertThat(after).extracting(HotSwapScorerTest::probability).containsOnly(0.4f);
            assertThat(first.closed).hasValue(first.opened.get());
        }
        assertThat(half.open).hasValue(0);
    }

    /** Each model is closed as soon as the next judges; a closed one refuses to open. */
    @Test
    void everyPollOfEveryThreadHasOneModelHoweverOftenItChanges() throws Exception {
        int threads = 4;
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Integer>> polls = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            polls.add(pool.submit(() -> pollUntil(isOver)));
        }
        ReleasedModel before = half;
        scoring.models().swapTo(before);
        for (int swap = 0; swap < 300; swap++) {
            ReleasedModel next = ReleasedModel.named("swap " + swap, String.valueOf(swap), 1f / (swap + 1));
            scoring.models().swapTo(next);
            before.close();
            before = next;
        }
        isOver.set(true);
        for (Future<Integer> count : polls) {
            assertThat(count.get()).isPositive();
        }
        pool.shutdown();
        assertThat(before.open).hasValue(0);
        assertThat(metric("stampede_model_swaps_total")).isEqualTo(301);
    }

    private int pollUntil(AtomicBoolean isOver) {
        int polls = 0;
        try (PollScorer scorer = scoring.newScorer()) {
            while (!isOver.get() || polls == 0) {
                List<Outcome.Classified> outcomes = classified(scorer.score(alerts(5)));
                assertThat(outcomes)
                        .extracting(Outcome.Classified::model)
                        .containsOnly(outcomes.get(0).model());
                assertThat(outcomes)
                        .extracting(HotSwapScorerTest::probability)
                        .containsOnly(probability(outcomes.get(0)));
                polls++;
            }
        }
        return polls;
    }

    @Test
    void theShadowSaysWhatItThinksOfTheSameAlert() {
        shadow(half, Duration.ofMinutes(1));
        try (PollScorer scorer = scoring.newScorer()) {
            List<byte[]> values = new ArrayList<>(alerts(2));
            values.add(1, new byte[] {1});
            List<Outcome> outcomes = scorer.score(values);
            assertThat(outcomes.get(1)).isInstanceOf(Outcome.DeadLettered.class);
            for (int place : List.of(0, 2)) {
                Outcome.Classified live = (Outcome.Classified) outcomes.get(place);
                Outcome.Classified shadow = live.shadow().orElseThrow();
                assertThat(live.model()).isEqualTo(FirstPixelModel.IDENTITY);
                assertThat(probability(live)).isEqualTo(0.8f);
                assertThat(shadow.model()).isEqualTo(half.identity());
                assertThat(shadow.alert()).isSameAs(live.alert());
                assertThat(probability(shadow)).isEqualTo(0.4f);
            }
            scoring.models().removeShadow();
            assertThat(classified(scorer.score(alerts(1))).get(0).shadow()).isEmpty();
        }
        assertThat(half.open).hasValue(0);
    }

    @Test
    void aSlowShadowScoresWhatItCanInItsTimeAndTheVerdictsAreWhole() {
        half.takeNanos(1_000_000);
        shadow(half, Duration.ofNanos(1)); // over after the first run, of 64 stamps
        try (PollScorer scorer = scoring.newScorer()) {
            List<Outcome.Classified> outcomes = classified(scorer.score(alerts(200)));
            assertThat(outcomes)
                    .hasSize(200)
                    .extracting(HotSwapScorerTest::probability)
                    .containsOnly(0.8f);
            assertThat(outcomes.stream().filter(outcome -> outcome.shadow().isPresent()))
                    .hasSize(64);
        }
        assertThat(metric("stampede_shadow_skipped_total")).isEqualTo(200 - 64);
    }

    @Test
    void aShadowThatFailsIsDroppedAndTheVerdictsAreWhole() {
        shadow(half, Duration.ofMinutes(1));
        half.breakDown();
        try (PollScorer scorer = scoring.newScorer()) {
            for (int poll = 0; poll < 2; poll++) {
                List<Outcome.Classified> outcomes = classified(scorer.score(alerts(3)));
                assertThat(outcomes)
                        .hasSize(3)
                        .extracting(HotSwapScorerTest::probability)
                        .containsOnly(0.8f);
                assertThat(outcomes).allMatch(outcome -> outcome.shadow().isEmpty());
            }
        }
        assertThat(scoring.models().current().shadow()).isEmpty();
        assertThat(scoring.models().shadowFailure())
                .hasValueSatisfying(cause -> assertThat(cause).hasMessage("the model is broken"));
        assertThat(half.open).hasValue(0);
        assertThat(scoring.batchFailure()).isEmpty();
    }

    @Test
    void aShadowThatCannotEvenBeOpenedIsDroppedToo() {
        half.close();
        shadow(half, Duration.ofMinutes(1));
        try (PollScorer scorer = scoring.newScorer()) {
            assertThat(classified(scorer.score(alerts(3)))).hasSize(3);
        }
        assertThat(scoring.models().current().shadow()).isEmpty();
        assertThat(scoring.models().shadowFailure()).isPresent();
    }

    @Test
    void aLaterShadowHasItsChanceAfterOneThatFailed() {
        half.breakDown();
        shadow(half, Duration.ofMinutes(1));
        ReleasedModel third = ReleasedModel.named("third", "1", 0.25f);
        try (PollScorer scorer = scoring.newScorer()) {
            scorer.score(alerts(1));
            shadow(third, Duration.ofMinutes(1));
            Outcome.Classified outcome = classified(scorer.score(alerts(1))).get(0);
            assertThat(outcome.shadow())
                    .hasValueSatisfying(
                            shadow -> assertThat(probability(shadow)).isEqualTo(0.2f));
        }
        assertThat(scoring.models().shadowFailure()).isEmpty();
    }
}
