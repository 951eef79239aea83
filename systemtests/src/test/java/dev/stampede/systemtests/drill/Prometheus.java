package dev.stampede.systemtests.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.ExternalProgram;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A Prometheus server that scrapes its targets every second. */
final class Prometheus implements AutoCloseable {
    private final MonitoringServer server;
    private final Path folder;

    private Prometheus(MonitoringServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /** The program on {@code PATH}. */
    static Optional<Path> onPath() {
        return ExternalProgram.onPath("prometheus");
    }

    /**
     * Starts a server; its files are in {@code folder}.
     *
     * @param rules the text of its rules
     * @param alertmanagers the addresses that it sends alerts to, as a list in YAML
     * @param ports the ports of this machine that it scrapes, by job
     */
    static Prometheus start(Path program, String rules, String alertmanagers, Map<String, Integer> ports, Path folder)
            throws InterruptedException {
        try {
            Files.writeString(folder.resolve("rules.yml"), rules);
            Files.writeString(folder.resolve("targets.json"), targets(ports));
            Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                    global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                    rule_files: [rules.yml]
                    scrape_configs:
                      - job_name: drill
                        file_sd_configs: [{files: [targets.json], refresh_interval: 1s}]
                    alerting: {alertmanagers: [{static_configs: [{targets: %s}]}]}
                    """.formatted(alertmanagers));
            MonitoringServer server = MonitoringServer.start(
                    program,
                    EmbeddedBroker.freePort(0),
                    folder.resolve("prometheus.log"),
                    "--config.file=" + config,
                    "--storage.tsdb.path=" + folder.resolve("data"));
            return new Prometheus(server, folder);
        } catch (IOException e) {
            throw CommandException.failed("Cannot write the settings of Prometheus: " + FailureReason.of(e));
        }
    }

    private JsonNode query(String path) throws InterruptedException {
        return server.json(path).path("data");
    }

    /** Scrapes only these ports of this machine from now on, by job. */
    void scrape(Map<String, Integer> ports) {
        try {
            Path next = Files.writeString(folder.resolve("targets.next"), targets(ports));
            Files.move(next, folder.resolve("targets.json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the targets of Prometheus into " + folder, e);
        }
    }

    private static String targets(Map<String, Integer> ports) {
        return ports.entrySet().stream()
                .map(target -> "{\"targets\": [\"127.0.0.1:" + target.getValue() + "\"], \"labels\": {\"job\": \""
                        + target.getKey() + "\"}}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** The state of an alert: {@code firing}, {@code pending}, or {@code inactive}. */
    String state(String alert) throws InterruptedException {
        String state = "inactive";
        for (JsonNode active : query("/api/v1/alerts").path("alerts")) {
            if (active.path("labels").path("alertname").asText().equals(alert) && !state.equals("firing")) {
                state = active.path("state").asText();
            }
        }
        return state;
    }

    /** Whether a query has any result now. */
    boolean has(String query) throws InterruptedException {
        return !query("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8))
                .path("result")
                .isEmpty();
    }

    @Override
    public void close() {
        server.close();
    }
}
