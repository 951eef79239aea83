package dev.stampede.streaming.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.stamps.score.Prediction;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.Alerts;
import dev.stampede.streaming.FirstPixelModel;
import dev.stampede.streaming.monitor.StreamMetrics;
import dev.stampede.streaming.scoring.AlertScorerFactory;
import dev.stampede.streaming.scoring.Outcome;
import dev.stampede.streaming.scoring.PollScorer;
import dev.stampede.streaming.wire.SingleObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentClassificationsTest {
    private Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private final RecentClassifications recent = new RecentClassifications(new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }
    });

    private static Outcome outcome(float pixel) {
        AlertScorerFactory scoring =
                new AlertScorerFactory(new FirstPixelModel(), 100_000, new StreamMetrics(), Clock.systemUTC());
        try (PollScorer scorer = scoring.newScorer()) {
            return scorer.score(List.of(SingleObject.write(Alerts.uniform("id", pixel))))
                    .get(0);
        }
    }

    private long kept(Verdict verdict) {
        return recent.newest(record -> record.classified().prediction().verdict() == verdict, 0, Integer.MAX_VALUE)
                .size();
    }

    @Test
    void takesFewOfManyAndStillTheRareOne() {
        List<Outcome> bogus = Collections.nCopies(5000, outcome(0.1f));
        recent.observe(bogus);
        recent.observe(bogus);
        recent.observe(List.of(outcome(0.9f)));
        assertThat(kept(Verdict.BOGUS)).isEqualTo(RecentClassifications.TAKEN);
        assertThat(kept(Verdict.REAL)).isOne();
    }

    @Test
    void holdsABoundedNumberHoweverLongItRuns() {
        List<Outcome> bogus = Collections.nCopies(10, outcome(0.1f));
        List<Outcome> real = List.of(outcome(0.9f));
        recent.observe(real);
        for (int i = 0; i < 3 * RecentClassifications.KEPT; i++) {
            recent.observe(bogus);
            clock = Clock.offset(clock, Duration.ofMillis(RecentClassifications.WINDOW_MILLIS));
        }
        assertThat(kept(Verdict.BOGUS)).isEqualTo(RecentClassifications.KEPT);
        assertThat(kept(Verdict.REAL)).as("not driven out by the others").isOne();
    }

    @Test
    void countsOnSoThatAPageKnowsWhatIsNew() {
        recent.observe(List.of(outcome(0.1f), outcome(0.9f)));
        long last = recent.newest(record -> true, 0, 1).get(0).sequence();
        assertThat(recent.newest(record -> true, last, 10)).isEmpty();
        recent.observe(List.of(outcome(0.9f)));
        assertThat(recent.newest(record -> true, last, 10))
                .singleElement()
                .satisfies(
                        record -> assertThat(record.classified().prediction()).isInstanceOf(Prediction.Scored.class));
    }
}
