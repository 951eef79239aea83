package dev.stampede.systemtests.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.commandline.CommandException;
import dev.stampede.stamps.error.FailureReason;
import dev.stampede.streaming.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Prometheus server that scrapes one target every second. */
final class Prometheus implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Process process;
    private final Path folder;
    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    private Prometheus(Process process, Path folder, URI address) {
        this.process = process;
        this.folder = folder;
        this.address = address;
    }

    /** The program on {@code PATH}. */
    static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a server with the text of its rules; its files are in {@code folder}. */
    static Prometheus start(Path program, String rules, Path folder) throws InterruptedException {
        try {
            int port = EmbeddedBroker.freePort(0);
            Files.writeString(folder.resolve("rules.yml"), rules);
            Files.writeString(folder.resolve("targets.json"), "[]");
            Path config = Files.writeString(folder.resolve("prometheus.yml"), """
                    global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                    rule_files: [rules.yml]
                    scrape_configs:
                      - job_name: drill
                        file_sd_configs: [{files: [targets.json], refresh_interval: 1s}]
                    """);
            Process process = new ProcessBuilder(
                            program.toString(),
                            "--config.file=" + config,
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("prometheus.log").toFile())
                    .start();
            Prometheus prometheus = new Prometheus(process, folder, URI.create("http://127.0.0.1:" + port));
            prometheus.awaitReady();
            return prometheus;
        } catch (IOException e) {
            throw CommandException.failed("Cannot start " + program + ": " + FailureReason.of(e));
        }
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw CommandException.failed("Prometheus did not start; see " + folder.resolve("prometheus.log"));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode query(String path) throws InterruptedException {
        try {
            return MAPPER.readTree(get(path).body()).path("data");
        } catch (IOException e) {
            throw new UncheckedIOException("Prometheus does not respond; see " + folder.resolve("prometheus.log"), e);
        }
    }

    /** Scrapes only this port of this machine from now on, as {@code job}. */
    void scrape(String job, int port) {
        String targets = "[{\"targets\": [\"127.0.0.1:" + port + "\"], \"labels\": {\"job\": \"" + job + "\"}}]";
        try {
            Path next = Files.writeString(folder.resolve("targets.next"), targets);
            Files.move(next, folder.resolve("targets.json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the targets of Prometheus into " + folder, e);
        }
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
        process.destroyForcibly().onExit().join(); // otherwise it still writes into the folder
    }
}
