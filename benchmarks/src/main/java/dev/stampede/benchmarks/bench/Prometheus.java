package dev.stampede.benchmarks.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.terminal.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Prometheus of its own, which scrapes what it is told every second. */
final class Prometheus implements AutoCloseable {
    private static final String NAME = "prometheus";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);
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

    /** Where the program is on {@code PATH}; a {@link CommandFailure} with the remedy where it is not. */
    static Path onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(place -> Path.of(place, NAME))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> CommandFailure.failed("There is no prometheus on PATH: install it (on Debian:"
                        + " apt install prometheus), or name the program with --prometheus FILE"));
    }

    /**
     * Starts one.
     *
     * @param rules text of its rules
     * @param folder where its files go
     */
    static Prometheus start(Path program, String rules, Path folder) throws InterruptedException {
        try {
            int port = freePort();
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
            throw CommandFailure.failed("Cannot start " + program + ": " + e.getMessage());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private void awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw CommandFailure.failed("Prometheus did not start; see " + folder.resolve("prometheus.log"));
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
                .timeout(ANSWER_TIMEOUT)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode ask(String path) throws InterruptedException {
        try {
            return MAPPER.readTree(get(path).body()).path("data");
        } catch (IOException e) {
            throw new UncheckedIOException("Prometheus does not answer; see " + folder.resolve("prometheus.log"), e);
        }
    }

    /** From now on it scrapes these ports of this machine alone, each under the name of its job. */
    void scrape(Map<Integer, String> jobs) {
        try {
            List<Map<String, Object>> targets = jobs.entrySet().stream()
                    .map(job -> Map.<String, Object>of(
                            "targets", List.of("127.0.0.1:" + job.getKey()), "labels", Map.of("job", job.getValue())))
                    .toList();
            Path next = Files.writeString(folder.resolve("targets.next"), MAPPER.writeValueAsString(targets));
            Files.move(next, folder.resolve("targets.json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the targets of Prometheus into " + folder, e);
        }
    }

    /** The state of an alert: {@code firing}, {@code pending}, or {@code inactive}. */
    String state(String alert) throws InterruptedException {
        String state = "inactive";
        for (JsonNode active : ask("/api/v1/alerts").path("alerts")) {
            if (active.path("labels").path("alertname").asText().equals(alert) && !state.equals("firing")) {
                state = active.path("state").asText();
            }
        }
        return state;
    }

    /** Whether a query has any answer now. */
    boolean has(String query) throws InterruptedException {
        return !ask("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8))
                .path("result")
                .isEmpty();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join(); // else it still writes into the folder
    }
}
