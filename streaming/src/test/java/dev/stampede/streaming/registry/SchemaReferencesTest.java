package dev.stampede.streaming.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.streaming.survey.SchemaMismatchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Schemas that use the types of others, with answers as a registry of Confluent's gives them. */
class SchemaReferencesTest {
    private static final String ALERT = """
            {"subject": "alerts-value", "version": 3, "id": 7, "schemaType": "AVRO",
             "references": [{"name": "sky.Seen", "subject": "sky/Seen v1", "version": 2},
                            {"name": "sky.Sky", "subject": "sky.Sky", "version": 1}],
             "schema": "{\\"type\\":\\"record\\",\\"name\\":\\"alert\\",\\"namespace\\":\\"sky\\",\\"fields\\":[            {\\"name\\":\\"seen\\",\\"type\\":\\"sky.Seen\\"},{\\"name\\":\\"sky\\",\\"type\\":\\"Sky\\"}]}"}
            """;
    private static final String OBSERVED = """
            {"subject": "sky/Seen v1", "version": 2, "id": 4,
             "references": [{"name": "sky.Sky", "subject": "sky.Sky", "version": 1}],
             "schema": "{\\"type\\":\\"record\\",\\"name\\":\\"Seen\\",\\"namespace\\":\\"sky\\",\\"fields\\":[            {\\"name\\":\\"where\\",\\"type\\":\\"sky.Sky\\"}]}"}
            """;
    private static final String SKY = """
            {"subject": "sky.Sky", "version": 1, "id": 1,
             "schema": "{\\"type\\":\\"record\\",\\"name\\":\\"Sky\\",\\"namespace\\":\\"sky\\",\\"fields\\":[            {\\"name\\":\\"ra\\",\\"type\\":\\"double\\"}]}"}
            """;
    private static final String OBSERVED_PATH = "/subjects/sky%2FSeen%20v1/versions/2";
    private static final String SKY_PATH = "/subjects/sky.Sky/versions/1";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answers.putAll(Map.of("/schemas/ids/7", ALERT, OBSERVED_PATH, OBSERVED, SKY_PATH, SKY));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        asked.add(path);
        String found = answers.get(path);
        byte[] body =
                (found == null ? "{\"error_code\":40401,\"message\":\"Subject not found\"}" : found).getBytes(UTF_8);
        exchange.sendResponseHeaders(
                found == null ? 404 : found.isEmpty() ? 503 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private SchemaRegistry registry(Duration timeout) {
        URI url = URI.create("http://localhost:" + server.getAddress().getPort());
        return new SchemaRegistry(RegistrySettings.of(List.of(url)).withTimeouts(Duration.ofSeconds(5), timeout));
    }

    @Test
    void gathersWhatASchemaRefersToEachOnce() {
        Schema alert = registry(Duration.ZERO).find(new SchemaId.Numbered(7)).orElseThrow();
        assertThat(alert.getField("seen").schema().getField("where").schema().getFullName())
                .isEqualTo("sky.Sky");
        assertThat(asked).containsExactlyInAnyOrder("/schemas/ids/7", OBSERVED_PATH, SKY_PATH);
    }

    @Test
    void waitsForAReferenceThatCannotBeHadNow() {
        answers.put(SKY_PATH, "");
        SchemaRegistry registry = registry(Duration.ZERO);
        assertThatExceptionOfType(SchemasUnavailableException.class)
                .isThrownBy(() -> registry.find(new SchemaId.Numbered(7)));
        assertThat(registry.outage().orElseThrow()).contains(SKY_PATH);
        answers.put(SKY_PATH, SKY);
        assertThat(registry.find(new SchemaId.Numbered(7))).isPresent();
        assertThat(registry.outage()).isEmpty();
    }

    @Test
    void refusesASchemaWhoseReferenceTheRegistryHasNot() {
        answers.remove(OBSERVED_PATH);
        assertThatExceptionOfType(SchemaMismatchException.class)
                .isThrownBy(() -> registry(Duration.ZERO).find(new SchemaId.Numbered(7)))
                .withMessageContaining("version 2 of sky/Seen v1");
    }

    @Test
    void refusesSchemasThatReferToEachOtherInACircle() {
        answers.put(SKY_PATH, OBSERVED.replace("sky.Sky\", \"version\": 1", "sky/Seen v1\", \"version\": 2"));
        assertThatExceptionOfType(SchemaMismatchException.class)
                .isThrownBy(() -> registry(Duration.ZERO).find(new SchemaId.Numbered(7)))
                .withMessageContaining("cycle");
    }
}
