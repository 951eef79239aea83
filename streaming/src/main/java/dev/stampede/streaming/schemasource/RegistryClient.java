package dev.stampede.streaming.schemasource;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.streaming.schemasource.RegistryAnswer.Found;
import dev.stampede.streaming.schemasource.RegistryAnswer.Reference;
import dev.stampede.streaming.schemasource.RegistryAnswer.Unavailable;
import dev.stampede.streaming.schemasource.RegistryAnswer.Unknown;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a registry over Confluent's HTTP API, each of its URLs once. Thread-safe. */
final class RegistryClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ACCEPT = "application/vnd.schemaregistry.v1+json, application/json";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /**
     * The registry's own words for a subject, a version and a number without a schema. A 404 without one of them may be
     * a wrong URL.
     */
    private static final Set<Integer> NO_SUCH_SCHEMA = Set.of(40401, 40402, 40403);

    private final RegistrySettings settings;
    private final HttpClient http;

    RegistryClient(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.timeout())
                .followRedirects(HttpClient.Redirect.NEVER); // credentials stay with the host they are for
        settings.trust().ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /** The schema of that number. */
    RegistryAnswer schema(int id) {
        return askEach("/schemas/ids/" + id);
    }

    /** The schema that another refers to. */
    RegistryAnswer schema(Reference reference) {
        String subject = URLEncoder.encode(reference.subject(), UTF_8).replace("+", "%20");
        return askEach("/subjects/" + subject + "/versions/" + reference.version());
    }

    private RegistryAnswer askEach(String path) {
        RegistryAnswer answer = new Unavailable("it has no URL");
        for (URI url : settings.urls()) {
            answer = ask(URI.create(url.toString().replaceAll("/+$", "") + path));
            if (!(answer instanceof Unavailable)) {
                return answer;
            }
        }
        return answer;
    }

    private RegistryAnswer ask(URI question) {
        HttpRequest.Builder request = HttpRequest.newBuilder(question).header("Accept", ACCEPT);
        settings.authorization().ifPresent(value -> request.header("Authorization", value));
        // The request's own timeout ends with the headers of the answer; a body may stall for ever.
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            HttpResponse<String> response = answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return understand(question, response.statusCode(), response.body());
        } catch (ExecutionException e) {
            return new Unavailable(question + ": " + e.getCause());
        } catch (TimeoutException e) {
            return new Unavailable(question + ": no answer within " + settings.timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable(question + ": interrupted");
        } finally {
            answer.cancel(true);
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
            return new Found(answer.path("schema").asText(), references(answer));
        }
        if (status == NOT_FOUND
                && NO_SUCH_SCHEMA.contains(answer.path("error_code").asInt())) {
            return new Unknown();
        }
        return new Unavailable(question + " answered HTTP " + status + " "
                + answer.path("message").asText());
    }

    private static List<Reference> references(JsonNode answer) {
        List<Reference> references = new ArrayList<>();
        for (JsonNode reference : answer.path("references")) {
            references.add(new Reference(
                    reference.path("subject").asText(),
                    reference.path("version").asInt()));
        }
        return references;
    }
}
