package dev.stampede.streaming.schemasource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.streaming.schemasource.RegistryAnswer.Found;
import dev.stampede.streaming.schemasource.RegistryAnswer.Unavailable;
import dev.stampede.streaming.schemasource.RegistryAnswer.Unknown;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Asks a registry over Confluent's HTTP API, {@code GET /schemas/ids/ID}, each of its URLs once. TLS is trusted as the
 * JVM trusts it. Thread-safe.
 */
final class RegistryClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ACCEPT = "application/vnd.schemaregistry.v1+json, application/json";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** The registry's own word for a number without a schema. A 404 without it may be a wrong URL. */
    private static final int SCHEMA_NOT_FOUND = 40403;

    private final RegistrySettings settings;
    private final HttpClient http;

    RegistryClient(RegistrySettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER) // credentials stay with the host they are for
                .build();
    }

    RegistryAnswer schema(int id) {
        RegistryAnswer answer = new Unavailable("it has no URL");
        for (URI url : settings.urls()) {
            answer = ask(URI.create(url.toString().replaceAll("/+$", "") + "/schemas/ids/" + id));
            if (!(answer instanceof Unavailable)) {
                return answer;
            }
        }
        return answer;
    }

    private RegistryAnswer ask(URI question) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(question).timeout(settings.timeout()).header("Accept", ACCEPT);
        settings.authorization().ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return understand(question, response.statusCode(), response.body());
        } catch (IOException e) {
            return new Unavailable(question + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable(question + ": interrupted");
        }
    }

    private static RegistryAnswer understand(URI question, int status, String body) {
        JsonNode answer;
        try {
            answer = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return new Unavailable(question + " answered HTTP " + status + " without JSON");
        }
        if (status == OK && answer.path("schema").isTextual()) {
            return new Found(answer.path("schema").asText());
        }
        if (status == NOT_FOUND && answer.path("error_code").asInt() == SCHEMA_NOT_FOUND) {
            return new Unknown();
        }
        return new Unavailable(question + " answered HTTP " + status + " "
                + answer.path("message").asText());
    }
}
