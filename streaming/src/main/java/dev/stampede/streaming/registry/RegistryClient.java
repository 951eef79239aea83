package dev.stampede.streaming.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stampede.stamps.file.DownloadException;
import dev.stampede.stamps.file.HttpDownload;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Requests schemas from a registry over Confluent's HTTP API, from each of its URLs once. Thread-safe. */
final class RegistryClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ACCEPT = "application/vnd.schemaregistry.v1+json, application/json";
    private static final int OK = 200;

    /** Bad request, forbidden, not found, unprocessable: with an error code, the registry does not give this schema. */
    private static final Set<Integer> REFUSALS = Set.of(400, 403, 404, 422);

    /** Hundreds of times the size of a survey's schema. */
    private static final int MAX_RESPONSE_BYTES = 16 << 20;

    private final RegistrySettings settings;
    private final HttpDownload http;

    /** The response of a registry to a request for a schema. */
    sealed interface Response {}

    /** The registry has the schema, which uses named types of the {@code references}. */
    record Found(String schema, List<Reference> references) implements Response {
        Found {
            references = List.copyOf(references);
        }
    }

    /** A schema with all that it refers to; each of the {@code references} after those that it refers to. */
    record Resolved(String schema, List<String> references) implements Response {
        Resolved {
            references = List.copyOf(references);
        }
    }

    /** The registry has no such schema, or refuses it. */
    record Unknown(String reason) implements Response {}

    /** No response, or an unexpected one. */
    record Unavailable(String reason) implements Response {}

    /** A schema that another one refers to. */
    record Reference(String subject, int version) {}

    RegistryClient(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(settings.requestTimeout())
                .followRedirects(HttpClient.Redirect.NEVER); // never send credentials to another host
        if (settings.trust() != null) {
            client.sslContext(settings.trust());
        }
        this.http = new HttpDownload(client.build(), settings.requestTimeout());
    }

    /** The schema with that id. */
    Response schema(SchemaId id) {
        return requestFromEach(id.path());
    }

    Response schema(Reference reference) {
        String subject = URLEncoder.encode(reference.subject(), UTF_8).replace("+", "%20");
        return requestFromEach("/subjects/" + subject + "/versions/" + reference.version());
    }

    private Response requestFromEach(String path) {
        Response response = new Unavailable("no URL is configured");
        for (URI url : settings.urls()) {
            response = request(URI.create(url.toString().replaceAll("/+$", "") + path));
            if (!(response instanceof Unavailable)) {
                return response;
            }
        }
        return response;
    }

    private Response request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", ACCEPT);
        if (settings.authorization() != null) {
            request.header("Authorization", settings.authorization());
        }
        try {
            HttpResponse<byte[]> response = http.response(request.build(), MAX_RESPONSE_BYTES);
            return parse(uri, response.statusCode(), response.body());
        } catch (DownloadException e) {
            return new Unavailable(String.valueOf(e.getMessage()));
        }
    }

    private static Response parse(URI uri, int status, byte[] body) {
        JsonNode json;
        try {
            json = MAPPER.readTree(body);
        } catch (IOException e) {
            return new Unavailable(uri + " responded with HTTP " + status + " without JSON");
        }
        if (status == OK && json.path("schema").isTextual()) {
            return new Found(json.path("schema").asText(), references(json));
        }
        String reason = (uri + " responded with HTTP " + status + " "
                        + json.path("message").asText())
                .strip();
        boolean isOfRegistry = json.path("error_code").isInt(); // otherwise of a proxy, or the URL is wrong
        return isOfRegistry && REFUSALS.contains(status) ? new Unknown(reason) : new Unavailable(reason);
    }

    private static List<Reference> references(JsonNode json) {
        List<Reference> references = new ArrayList<>();
        for (JsonNode reference : json.path("references")) {
            references.add(new Reference(
                    reference.path("subject").asText(),
                    reference.path("version").asInt()));
        }
        return references;
    }
}
