package dev.stampede.streaming.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.stampede.streaming.CapturedLog;
import dev.stampede.streaming.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionLogTest {
    private static final String LOST = "Lost the connection to the Kafka broker; reconnecting";
    private static final String AWAY = "The Kafka broker does not answer; reconnecting";
    private static final String BACK = "Connected to the Kafka broker again";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final List<Runnable> later = new ArrayList<>();
    private final ConnectionLog connections = new ConnectionLog(clock, later::add);

    @RegisterExtension
    private final CapturedLog captured = new CapturedLog(ConnectionLog.class);

    private List<String> messages() {
        return captured.lines().stream().map(ILoggingEvent::getMessage).toList();
    }

    /** Five clients that attempt to connect once per second. */
    private void fail(int seconds) {
        for (int second = 0; second < seconds; second++) {
            for (int client = 0; client < 5; client++) {
                ConnectionAppender.isFailure(
                        "[Producer clientId=" + client
                                + "] Connection to node 1 (localhost/127.0.0.1:9092) could not be"
                                + " established. Node may not be available.",
                        connections);
            }
            pass(1);
        }
    }

    private void pass(int seconds) {
        for (int second = 0; second < seconds; second++) {
            clock.advance(Duration.ofSeconds(1));
            List<Runnable> due = List.copyOf(later);
            later.clear();
            due.forEach(Runnable::run);
        }
    }

    @Test
    void logsTheLossOnceThenEachMinuteThenTheReturn() {
        connections.connected("-1");
        fail(190);
        connections.connected("1");
        pass(5);
        assertThat(messages()).containsExactly(LOST, AWAY, AWAY, AWAY, BACK);
        assertThat(captured.lines().get(0).getKeyValuePairs().toString())
                .contains("127.0.0.1:9092", "2026-06-01T12:00:00Z", "could not be established");
        assertThat(captured.lines().get(4).getKeyValuePairs().toString()).contains("190");
        assertThat(later).as("nothing is left to watch").isEmpty();
    }

    @Test
    void logsNothingOfAReconnectionWithinTwoSeconds() {
        connections.connected("-1");
        fail(1);
        connections.connected("1");
        pass(10);
        assertThat(messages()).isEmpty();
    }

    @Test
    void waitsAMinuteIfThereWasNoConnectionYet() {
        fail(59);
        assertThat(messages()).as("a command reports a wrong address itself").isEmpty();
        fail(2);
        assertThat(messages()).containsExactly(AWAY);
    }

    @Test
    void aConnectionThatBreaksAgainIsNotAReturn() {
        connections.connected("-1");
        fail(5);
        connections.connected("1");
        fail(5);
        assertThat(messages()).containsExactly(LOST);
    }

    @Test
    void forgetsABrokerThatNoClientUsesAnyMore() {
        connections.connected("-1");
        fail(3);
        pass(300);
        assertThat(messages()).startsWith(LOST).doesNotContain(BACK);
        assertThat(later).isEmpty();
    }

    @Test
    void readsTheMessagesOfKafkasClients() {
        for (String failure : List.of(
                "Connection to node -1 (/10.0.0.1:9092) could not be established. Node may not be available.",
                "[AdminClient clientId=a] Connection to node 2 (b/10.0.0.1:9092) terminated during authentication.",
                "[Consumer] Bootstrap broker 127.0.0.1:9092 (id: -1 rack: null isFenced: false) disconnected",
                "Error connecting to node broker:9092 (id: 1 rack: null isFenced: false)")) {
            assertThat(ConnectionAppender.isFailure(failure, connections))
                    .as(failure)
                    .isTrue();
        }
        assertThat(ConnectionAppender.isFailure("another warning", connections)).isFalse();
    }
}
