package dev.stampede.streaming.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class BrokerMonitorTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
    private boolean isAway;
    private List<String> problems = List.of();
    private final BrokerMonitor monitor = new BrokerMonitor(this::problems, () -> {}, clock);

    private List<String> problems() {
        if (isAway) {
            throw new TimeoutException("no answer");
        }
        return problems;
    }

    @Test
    void saysSinceWhenNoBrokerAnswers() {
        monitor.check();
        assertThat(monitor.brokers().holds()).isTrue();
        isAway = true;
        clock.advance(BrokerMonitor.MAX_SILENCE.minusMillis(1));
        monitor.check();
        assertThat(monitor.brokers().holds()).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(monitor.brokers())
                .isEqualTo(new HealthCheck("kafka", false, "no broker has answered since 2026-06-01T12:00:00Z"));
        isAway = false;
        monitor.check();
        assertThat(monitor.brokers().holds()).isTrue();
    }

    @Test
    void isNotReadyWithinFifteenSecondsAlsoIfAnAnswerIsAwaited() {
        Duration latest = BrokerMonitor.MAX_SILENCE.plus(BrokerMonitor.INTERVAL);
        assertThat(latest).isLessThanOrEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void namesTopicsThatCannotBeUsedUntilTheyCan() {
        assertThat(monitor.topics()).isEqualTo(new HealthCheck("topics", true, "exist and may be used"));
        problems = List.of("the topic dead-letters does not exist", "the Kafka user lacks a right");
        monitor.check();
        assertThat(monitor.topics())
                .isEqualTo(new HealthCheck(
                        "topics", false, "the topic dead-letters does not exist; the Kafka user lacks a right"));
        isAway = true;
        monitor.check();
        assertThat(monitor.topics().holds()).as("what is known stays").isFalse();
        isAway = false;
        problems = List.of();
        monitor.check();
        assertThat(monitor.topics().holds()).isTrue();
    }
}
