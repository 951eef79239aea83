package dev.stampede.streaming.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.observe.Condition;
import dev.stampede.streaming.observe.ObservationServer;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthCommandTest {
    private final ObservationServer server = ObservationServer.start(
            0,
            new CollectorRegistry(),
            () -> List.of(new Condition("stream", true, "runs")),
            () -> List.of(new Condition("lag", false, "it grows")),
            List.of());
    private final String url = "http://127.0.0.1:" + server.port();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void endsWithZeroWhereTheStreamIsAlive() {
        Told told = Told.by("health", "--alive", "--url", url);
        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).contains("\"alive\":true");
    }

    @Test
    void endsWithOneAndTheStreamsWordsWhereItIsNotReady() {
        Told told = Told.by("health", "--url", url);
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err()).contains("is not ready", "it grows");
    }

    @Test
    void endsWithOneWhereNothingAnswers() {
        server.close();
        Told told = Told.by("health", "--url", url);
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.err()).contains("does not answer");
    }

    @Test
    void refusesWhatIsNoUrl() {
        assertThat(Told.by("health", "--url", "127.0.0.1:8080").exitCode()).isEqualTo(2);
    }
}
