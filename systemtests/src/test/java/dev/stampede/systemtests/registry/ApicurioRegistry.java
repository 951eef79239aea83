package dev.stampede.systemtests.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.stamps.Requirement;
import dev.stampede.streaming.broker.EmbeddedBroker;
import dev.stampede.systemtests.harness.JavaProcess;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Apicurio Registry as a process, with its schemas in a file and its API that is compatible with Confluent's. */
final class ApicurioRegistry implements AutoCloseable {
    /** Where the profile {@code system} unpacks it. */
    private static final Path PROGRAM = Path.of("target", "registry").toAbsolutePath();

    private static final int JAVA_VERSION = 21;
    private static final Path OTHER_JAVAS = Path.of("/usr/lib/jvm");
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final int POLL_MILLIS = 200;
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Path java;
    private final Path folder;
    private final int port;
    private JavaProcess process;
    private int starts;

    private ApicurioRegistry(Path java, Path folder) throws IOException, InterruptedException {
        this.java = java;
        this.folder = folder;
        this.port = EmbeddedBroker.freePort(0);
        this.process = launch();
    }

    /** Starts one without schemas; its files are in {@code folder}. */
    static ApicurioRegistry start(Path folder) throws IOException, InterruptedException {
        Requirement.require(
                Files.isDirectory(PROGRAM), "there is no schema registry in target/registry: run with -Psystem");
        Optional<Path> java = java();
        Requirement.require(
                java.isPresent(), "the schema registry needs Java 21 or newer: install one in " + OTHER_JAVAS);
        return new ApicurioRegistry(java.orElseThrow(), folder);
    }

    /** A Java that can run it: that of the tests, or another one of this machine. */
    private static Optional<Path> java() throws IOException {
        if (Runtime.version().feature() >= JAVA_VERSION) {
            return Optional.of(Path.of(System.getProperty("java.home")));
        }
        if (!Files.isDirectory(OTHER_JAVAS)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(OTHER_JAVAS)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")))
                    .filter(home -> version(home) >= JAVA_VERSION)
                    .findFirst();
        }
    }

    private static int version(Path home) {
        Properties release = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("release"))) {
            release.load(file);
        } catch (IOException noRelease) {
            return 0;
        }
        String version = release.getProperty("JAVA_VERSION", "1").replace("\"", "");
        return Runtime.Version.parse(version).feature();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    private JavaProcess launch(String... settings) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "-Xmx512m",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dapicurio.datasource.url=jdbc:h2:file:" + folder.resolve("schemas")));
        arguments.addAll(List.of(settings));
        arguments.addAll(List.of("-jar", PROGRAM.resolve("quarkus-run.jar").toString()));
        JavaProcess started = JavaProcess.launch(
                folder.resolve("registry-" + starts++ + ".log"), java.resolve("bin/java"), arguments);
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                started.close();
                throw new IllegalStateException("The schema registry did not start: " + started.output());
            }
            Thread.sleep(POLL_MILLIS);
        }
        return started;
    }

    private boolean answers() throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == OK;
        } catch (IOException notListening) {
            return false;
        }
    }

    /** Ends it by SIGKILL. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** Starts it again with its schemas. */
    void restart() throws IOException, InterruptedException {
        process = launch();
    }

    /** Starts it again so that it registers nothing. */
    void restartReadOnly() throws IOException, InterruptedException {
        process = launch("-Dapicurio.storage.read-only.enabled=true");
    }

    /** Rejects schemas that cannot read what was written with earlier ones of their subject. */
    void requireBackwardCompatibility() throws IOException, InterruptedException {
        send("/config", "PUT", mapper.createObjectNode().put("compatibility", "BACKWARD"));
    }

    /** Registers a schema as another program does, and returns its id. */
    int register(String subject, String schema) throws IOException, InterruptedException {
        return register(subject, mapper.createObjectNode().put("schema", schema));
    }

    /** The same for a schema that uses the type {@code name}, version 1 of the subject {@code referenced}. */
    int register(String subject, String schema, String name, String referenced)
            throws IOException, InterruptedException {
        ObjectNode body = mapper.createObjectNode().put("schema", schema);
        body.putArray("references")
                .addObject()
                .put("name", name)
                .put("subject", referenced)
                .put("version", 1);
        return register(subject, body);
    }

    private int register(String subject, ObjectNode body) throws IOException, InterruptedException {
        return send("/subjects/" + subject + "/versions", "POST", body)
                .path("id")
                .asInt();
    }

    private JsonNode send(String path, String method, ObjectNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(method, BodyPublishers.ofString(body.toString()))
                .build();
        String response = http.send(request, BodyHandlers.ofString()).body();
        JsonNode json = mapper.readTree(response);
        if (json.has("error_code")) {
            throw new IllegalStateException(request.uri() + " answered " + response);
        }
        return json;
    }

    @Override
    public void close() {
        process.close();
    }
}
