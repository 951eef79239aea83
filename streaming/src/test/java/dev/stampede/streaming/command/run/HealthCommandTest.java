package dev.stampede.streaming.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampede.streaming.command.CommandOutput;
import dev.stampede.streaming.monitor.AdminServer;
import dev.stampede.streaming.monitor.HealthCheck;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthCommandTest {
    private final AdminServer server = AdminServer.start(
            0,
            new CollectorRegistry(),
            () -> List.of(new HealthCheck("stream", true, "runs")),
            () -> List.of(new HealthCheck("lag", false, "it grows")),
            List.of());
    private final String url = "http://127.0.0.1:" + server.port();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void endsWithZeroWhereTheStreamIsAlive() {
        CommandOutput output = CommandOutput.by("health", "--alive", "--url", url);
        assertThat(output.exitCode()).isZero();
        assertThat(output.out()).contains("\"alive\":true");
    }

    @Test
    void endsWithOneAndTheStreamsWordsWhereItIsNotReady() {
        CommandOutput output = CommandOutput.by("health", "--url", url);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err()).contains("is not ready", "it grows");
    }

    @Test
    void endsWithOneWhereNothingAnswers() {
        server.close();
        CommandOutput output = CommandOutput.by("health", "--url", url);
        assertThat(output.exitCode()).isEqualTo(1);
        assertThat(output.err())
                .isEqualTo(url + " does not answer: connection refused; nothing listens on this port\n");
    }

    @Test
    void refusesWhatIsNoUrl() {
        assertThat(CommandOutput.by("health", "--url", "127.0.0.1:8080").exitCode())
                .isEqualTo(2);
    }
}
