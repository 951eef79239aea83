package dev.stampede.systemtests.drill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.stamps.ExternalProgram;
import dev.stampede.stamps.Requirement;
import dev.stampede.streaming.Polling;
import dev.stampede.streaming.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whom the alerts of {@code rules.yml} reach by {@code alertmanager.yml}: Debian's Prometheus and Alertmanager, with short
 * times, between targets and a receiver of this test.
 */
@Tag("system")
class AlertmanagerSystemTest {
    private static final Path DEPLOY = Path.of("..", "deploy", "prometheus");
    private static final String HEALTHY = """
            stampede_ready{check="releases"} 1
            stampede_ready{check="engine"} 1
            """;

    @TempDir
    private Path folder;

    /** What a receiver got: {@code firing} or {@code resolved}, and the names of the alerts, sorted. */
    private record Notification(String receiver, String status, List<String> alerts) {}

    /** A program with metrics, or with status 500 while there are none. */
    private static final class Target {
        private final HttpServer server;
        private volatile String metrics;

        Target(String metrics) throws IOException {
            this.metrics = metrics;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/metrics", exchange -> {
                byte[] text = this.metrics.getBytes(UTF_8);
                exchange.sendResponseHeaders(text.length == 0 ? 500 : 200, text.length == 0 ? -1 : text.length);
                exchange.getResponseBody().write(text);
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }
    }

    private final List<Notification> notifications = new CopyOnWriteArrayList<>();
    private HttpServer receiver;
    private Target stream;
    private Target injection;
    private MonitoringServer alertmanager;
    private Prometheus prometheus;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Optional<Path> program = Prometheus.onPath();
        Optional<Path> manager = ExternalProgram.onPath("prometheus-alertmanager");
        Requirement.require(
                program.isPresent() && manager.isPresent(),
                "there is no prometheus or no prometheus-alertmanager on PATH: install Debian's packages of these names");
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            JsonNode payload = new ObjectMapper().readTree(exchange.getRequestBody());
            notifications.add(new Notification(
                    exchange.getRequestURI().getPath(),
                    payload.path("status").asText(),
                    List.copyOf(new TreeSet<>(payload.path("alerts").findValuesAsText("alertname")))));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        stream = new Target(HEALTHY);
        injection = new Target("stampede_injection_recall{signal_to_noise=\"10\"} 0.95\n");
        Path config = Files.writeString(
                folder.resolve("alertmanager.yml"),
                Files.readString(DEPLOY.resolve("alertmanager.yml"))
                        .replace(
                                "127.0.0.1:9099",
                                "127.0.0.1:" + receiver.getAddress().getPort())
                        .replace("group_wait: 30s", "group_wait: 1s")
                        .replace("group_interval: 5m", "group_interval: 3s"));
        int port = EmbeddedBroker.freePort(0);
        alertmanager = MonitoringServer.start(
                manager.orElseThrow(),
                port,
                folder.resolve("alertmanager.log"),
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("alertmanager"),
                "--cluster.listen-address=");
        String rules = DrillRules.read(DEPLOY.resolve("rules.yml")).shortened();
        prometheus = Prometheus.start(
                program.orElseThrow(),
                rules,
                "['127.0.0.1:" + port + "']",
                Map.of("stampede", stream.port(), "stampede-injection", injection.port()),
                folder);
        await(() -> prometheus.has("up{job=\"stampede\"} == 1 and on () (stampede_injection_recall > 0.9)"));
    }

    @AfterEach
    void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        if (alertmanager != null) {
            alertmanager.close();
            receiver.stop(0);
            stream.server.stop(0);
            injection.server.stop(0);
        }
    }

    private void await(Polling.Condition condition) {
        Polling.await(condition, () -> "notifications so far: " + notifications);
    }

    private List<Notification> firing() {
        return notifications.stream()
                .filter(one -> one.status().equals("firing"))
                .toList();
    }

    private Notification last() {
        return notifications.get(notifications.size() - 1);
    }

    @Test
    void alertsThatFireTogetherAreOneNotificationAndOneMoreWhenTheyResolve() throws InterruptedException {
        stream.metrics = HEALTHY.replace(" 1\n", " 0\n");
        await(() -> !notifications.isEmpty());
        TimeUnit.SECONDS.sleep(8); // more than two intervals of the group
        assertThat(notifications)
                .containsExactly(new Notification(
                        "/tickets", "firing", List.of("StampedeProviderDegraded", "StampedeReleaseRefused")));

        stream.metrics = HEALTHY;
        await(() -> last().status().equals("resolved"));
        assertThat(firing()).hasSizeLessThanOrEqualTo(2); // a group may be sent between its two alerts
        assertThat(last().receiver()).isEqualTo("/tickets");
    }

    @Test
    void aStreamThatIsDownIsOnePageAndInhibitsWhatFollowsFromIt() throws InterruptedException {
        stream.metrics = "";
        await(() -> !notifications.isEmpty());
        injection.metrics = "stampede_injection_recall{signal_to_noise=\"10\"} 0.1\n";
        await(() -> inhibited().contains("StampedeRecallLow"));
        TimeUnit.SECONDS.sleep(5);
        assertThat(inhibited()).contains("StampedeDown");
        assertThat(notifications).containsExactly(new Notification("/pages", "firing", List.of("StampedeStreamDown")));

        stream.metrics = HEALTHY;
        await(() -> notifications.size() == 3);
        assertThat(notifications.subList(1, 3))
                .as("alerts that were inhibited are in the end of the group, or fire on")
                .containsExactlyInAnyOrder(
                        new Notification("/pages", "resolved", List.of("StampedeDown", "StampedeStreamDown")),
                        new Notification("/tickets", "firing", List.of("StampedeRecallLow")));
    }

    private List<String> inhibited() throws InterruptedException {
        return alertmanager
                .json("/api/v2/alerts?active=false&inhibited=true&silenced=false")
                .findValuesAsText("alertname");
    }
}
