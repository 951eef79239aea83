package dev.stampede.streaming.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stampede.stamps.score.Verdict;
import dev.stampede.streaming.SettableClock;
import dev.stampede.streaming.monitor.StreamMetrics;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveHistoryTest {
    private final SettableClock clock = new SettableClock(Instant.ofEpochSecond(1000));
    private final StreamMetrics metrics = new StreamMetrics();
    private final LiveHistory history = new LiveHistory(metrics, clock);

    private void pass() {
        clock.advance(LiveHistory.STEP);
        history.sample();
    }

    private void classify(Verdict verdict, int times) {
        for (int i = 0; i < times; i++) {
            metrics.classified(verdict);
            metrics.endToEndMillis(5);
        }
    }

    @Test
    void hasThePointsOfEachInterval() {
        classify(Verdict.REAL, 20);
        classify(Verdict.ABSTAIN, 60);
        pass();
        pass();
        JsonNode points = history.json();
        assertThat(points.get("stepSeconds").asInt()).isEqualTo(10);
        assertThat(points.get("timesMillis")).extracting(JsonNode::asLong).containsExactly(1_010_000L, 1_020_000L);
        assertThat(points.get("alertsPerSecond")).extracting(JsonNode::asDouble).containsExactly(8.0, 0.0);
        assertThat(points.get("realPerSecond")).extracting(JsonNode::asDouble).containsExactly(2.0, 0.0);
        assertThat(points.get("abstainedShare").get(0).asDouble()).isEqualTo(0.75);
        assertThat(points.get("abstainedShare").get(1).isNull()).isTrue();
        assertThat(points.get("latencySecondsP50").get(0).asDouble()).isBetween(0.002, 0.005);
        assertThat(points.get("latencySecondsP99").get(1).isNull()).isTrue();
    }

    @Test
    void keepsAnHour() {
        for (int i = 0; i < LiveHistory.POINTS + 50; i++) {
            pass();
        }
        JsonNode times = history.json().get("timesMillis");
        assertThat(times).hasSize(360);
        assertThat(times.get(359).asLong() - times.get(0).asLong()).isEqualTo(3_590_000);
    }
}
