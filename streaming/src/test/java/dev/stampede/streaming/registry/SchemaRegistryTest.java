package dev.stampede.streaming.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stampede.streaming.SkyPackets;
import dev.stampede.streaming.survey.SchemaMismatchException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class SchemaRegistryTest {
    private static final String UNKNOWN = "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}";

    private record Answer(int status, String body) {}

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private URI url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        url = URI.create("http://localhost:" + server.getAddress().getPort() + "/registry/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .ifPresent(authorizations::add);
        Answer answer;
        synchronized (answers) {
            answer = answers.size() > 1 ? answers.remove() : answers.element();
        }
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The last of them is given again and again. */
    private void answers(Answer... given) {
        synchronized (answers) {
            answers.clear();
            answers.addAll(List.of(given));
        }
    }

    private static Answer found(String schema) {
        return new Answer(
                200, new ObjectMapper().valueToTree(Map.of("schema", schema)).toString());
    }

    private SchemaRegistry registry(Duration timeout, String... authorization) {
        RegistrySettings settings = RegistrySettings.of(List.of(url)).withTimeouts(Duration.ofSeconds(5), timeout);
        return new SchemaRegistry(authorization.length == 0 ? settings : settings.withAuthorization(authorization[0]));
    }

    @Test
    void asksForASchemaOnceAndKeepsIt() {
        answers(found(SkyPackets.SCHEMA_JSON));
        SchemaRegistry registry = registry(Duration.ZERO);
        assertThat(registry.find(new SchemaId.Numbered(7)).orElseThrow().getFullName())
                .isEqualTo("sky.v1.alert");
        answers(new Answer(500, ""));
        assertThat(registry.find(new SchemaId.Numbered(7))).isPresent();
        assertThat(asked).containsExactly("/registry/schemas/ids/7");
        assertThat(authorizations).isEmpty();
    }

    @Test
    void sendsTheCredentialsItWasGiven() {
        answers(found(SkyPackets.SCHEMA_JSON));
        registry(Duration.ZERO, "Bearer a-token").find(new SchemaId.Numbered(7));
        assertThat(authorizations).containsExactly("Bearer a-token");
    }

    @Test
    void neverTellsItsCredentials() {
        RegistrySettings settings = RegistrySettings.of(List.of(url)).withAuthorization("Bearer a-token");
        assertThat(settings.toString()).contains("with credentials").doesNotContain("a-token");
    }

    @Test
    void remembersForAWhileThatANumberIsUnknown() {
        answers(new Answer(404, UNKNOWN));
        SchemaRegistry registry = registry(Duration.ofSeconds(30));
        assertThat(registry.find(new SchemaId.Numbered(7))).isEmpty();
        assertThat(registry.find(new SchemaId.Numbered(7))).isEmpty();
        assertThat(asked).hasSize(1);
        assertThat(registry.outage()).isEmpty();
    }

    @ParameterizedTest(name = "HTTP {0} with {1}")
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "500, ||",
                "503, |{\"error_code\":50003}|",
                "404, |{\"message\":\"no such page\"}|",
                "404, |<html>not here</html>|",
                "401, |{\"error_code\":40101}|",
                "302, |{}|",
                "200, |{\"unrelated\":true}|",
            })
    void takesAnythingElseForAnOutage(int status, String body) {
        answers(new Answer(status, body));
        SchemaRegistry registry = registry(Duration.ZERO);
        assertThatExceptionOfType(SchemasUnavailableException.class)
                .isThrownBy(() -> registry.find(new SchemaId.Numbered(7)))
                .withMessageContaining("schema 7")
                .withMessageContaining("HTTP " + status);
        assertThat(registry.outage()).isPresent();
    }

    @Test
    void asksAgainUntilTheRegistryIsBack() {
        answers(new Answer(503, "{}"), new Answer(503, "{}"), found(SkyPackets.SCHEMA_JSON));
        SchemaRegistry registry = registry(Duration.ofSeconds(30));
        assertThat(registry.find(new SchemaId.Numbered(7))).isPresent();
        assertThat(asked).hasSize(3);
        assertThat(registry.outage()).isEmpty();
    }

    @Test
    void triesTheNextUrlWhereOneDoesNotAnswer() throws IOException {
        HttpServer closed = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        URI none = URI.create("http://localhost:" + closed.getAddress().getPort());
        closed.stop(0);
        answers(found(SkyPackets.SCHEMA_JSON));
        RegistrySettings settings =
                RegistrySettings.of(List.of(none, url)).withTimeouts(Duration.ofSeconds(5), Duration.ZERO);
        assertThat(new SchemaRegistry(settings).find(new SchemaId.Numbered(7))).isPresent();
    }

    @Test
    void givesUpOnAnAnswerThatStallsInItsMiddle() {
        server.removeContext("/");
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });
        SchemaRegistry registry = new SchemaRegistry(
                RegistrySettings.of(List.of(url)).withTimeouts(Duration.ofMillis(200), Duration.ZERO));
        assertThatExceptionOfType(SchemasUnavailableException.class)
                .isThrownBy(() -> registry.find(new SchemaId.Numbered(7)))
                .withMessageContaining("no response within 200 ms");
    }

    @Test
    void saysThatNobodyAnswers() {
        server.stop(0);
        SchemaRegistry registry = registry(Duration.ZERO);
        assertThatExceptionOfType(SchemasUnavailableException.class)
                .isThrownBy(() -> registry.find(new SchemaId.Numbered(7)));
        assertThat(registry.outage().orElseThrow()).contains("connection refused");
    }

    @Test
    void refusesWhatIsNoSchema() {
        answers(found("syntax = \"proto3\";"));
        assertThatExceptionOfType(SchemaMismatchException.class)
                .isThrownBy(() -> registry(Duration.ZERO).find(new SchemaId.Numbered(7)));
    }

    @ParameterizedTest(name = "HTTP {0}")
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "400, |{\"error_code\":40002,\"message\":\"bad\"}|",
                "403, |{\"error_code\":40301,\"message\":\"denied\"}|",
                "404, |{\"error_code\":40403,\"message\":\"Schema 7 not found\"}|",
                "422, |{\"error_code\":42201,\"message\":\"odd\"}|",
            })
    void aRefusalOfOneSchemaIsNoOutage(int status, String body) {
        answers(new Answer(status, body));
        SchemaRegistry registry = registry(Duration.ofSeconds(30));
        assertThat(registry.find(new SchemaId.Numbered(7))).isEmpty();
        assertThat(registry.outage()).isEmpty();
        assertThat(registry.whyUnknown(new SchemaId.Numbered(7))).contains("id 7", "HTTP " + status);
    }

    @ParameterizedTest(name = "HTTP {0} with {1}")
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "400, |<html>bad</html>|",
                "403, |<html>denied</html>|",
                "404, |{\"message\":\"no such page\"}|",
                "422, |{\"error_code\":\"odd\"}|",
            })
    void aRefusalWithoutAnErrorCodeIsAnOutageAlsoOnceASchemaWasServed(int status, String body) {
        answers(found(SkyPackets.SCHEMA_JSON), new Answer(status, body), found(SkyPackets.SCHEMA_JSON));
        SchemaRegistry registry = registry(Duration.ZERO);
        assertThat(registry.find(new SchemaId.Numbered(7))).isPresent();
        assertThatExceptionOfType(SchemasUnavailableException.class)
                .isThrownBy(() -> registry.find(new SchemaId.Numbered(8)))
                .withMessageContaining("HTTP " + status);
        assertThat(registry.outage()).isPresent();
        assertThat(registry.find(new SchemaId.Numbered(8))).isPresent();
        assertThat(registry.outage()).isEmpty();
    }

    @ParameterizedTest(name = "HTTP {0} with {1}")
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "401, ||",
                "401, |<html>who?</html>|",
                "403, |<html>denied</html>|",
                "403, |{\"error_code\":40301,\"message\":\"denied\"}|",
            })
    void aRegistrationThatIsDeniedEndsAtOnceAndNamesTheCredentials(int status, String body) {
        answers(new Answer(status, body));
        SchemaRegistry registry = registry(Duration.ofSeconds(30));
        assertThatExceptionOfType(SchemaRegistrationException.class)
                .isThrownBy(() -> registry.register("a-subject", SkyPackets.schema()))
                .withMessageContaining("refused")
                .withMessageContaining("HTTP " + status)
                .withMessageContaining("schema.registry.basic-auth or schema.registry.bearer-token");
        assertThat(asked).hasSize(1);
        assertThat(registry.outage()).isEmpty();
    }

    @Test
    void asksForTheGuidOfAHeader() {
        answers(found(SkyPackets.SCHEMA_JSON));
        UUID guid = UUID.fromString("0b64d4d4-8a6f-4b26-9b3e-8f5a1c2d3e4f");
        assertThat(registry(Duration.ZERO).find(new SchemaId.Guid(guid))).isPresent();
        assertThat(asked).containsExactly("/registry/schemas/guids/" + guid);
    }

    @Test
    void randomIdsDoNotFloodTheRegistry() {
        answers(new Answer(404, UNKNOWN));
        SchemaRegistry registry = registry(Duration.ofSeconds(30));
        for (int id = 1; id <= SchemaRegistry.MAX_UNKNOWN + 100; id++) {
            assertThat(registry.find(new SchemaId.Numbered(id))).isEmpty();
        }
        assertThat(asked).hasSize(SchemaRegistry.MAX_UNKNOWN);
        assertThat(registry.whyUnknown(new SchemaId.Numbered(SchemaRegistry.MAX_UNKNOWN + 1)))
                .contains("was not asked for");
    }

    @Test
    void asksTheFirstSourceFirst() {
        answers(new Answer(404, UNKNOWN));
        SchemaSource first =
                id -> id.equals(new SchemaId.Numbered(7)) ? Optional.of(SkyPackets.schema()) : Optional.empty();
        SchemaSource both = first.or(registry(Duration.ZERO));
        assertThat(both.find(new SchemaId.Numbered(7))).isPresent();
        assertThat(asked).isEmpty();
        assertThat(both.find(new SchemaId.Numbered(8))).isEmpty();
        assertThat(asked).hasSize(1);
        assertThat(both.outage()).isEmpty();
    }
}
