package dev.stampede.streaming.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import org.jspecify.annotations.Nullable;

/** Requests to a registry over Confluent's HTTP API, each sent to its URLs in order until one responds. Thread-safe. */
final class RegistryClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final String ACCEPT = JSON + ", application/json";
    private static final int OK = 200;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Bad request, forbidden, not found, unprocessable: with an error code, the registry does not give this schema. */
    private static final Set<Integer> REFUSALS = Set.of(400, FORBIDDEN, NOT_FOUND, 422);

    /** Hundreds of times the size of a survey's schema. */
    private static final int MAX_RESPONSE_BYTES = 16 << 20;

    private final RegistrySettings settings;
    private final HttpDownload http;

    /** The response of a registry. */
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

    /** A subject has the schema, by that id. */
    record Registered(int id) implements Response {}

    /** The registry does not register a schema under a subject. */
    record Refused(int status, String reason) implements Response {}

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
        return requestFromEach(id.path(), null, RegistryClient::found);
    }

    Response schema(Reference reference) {
        return requestFromEach(versions(reference.subject()) + "/" + reference.version(), null, RegistryClient::found);
    }

    /** The id by which {@code subject} has the schema already; unknown if it has not. */
    Response registered(String subject, String schema) {
        return requestFromEach(path(subject), body(schema), RegistryClient::registered);
    }

    /** Registers a schema under {@code subject}. */
    Response register(String subject, String schema) {
        return requestFromEach(versions(subject), body(schema), RegistryClient::registered);
    }

    private static String path(String subject) {
        return "/subjects/" + URLEncoder.encode(subject, UTF_8).replace("+", "%20");
    }

    private static String versions(String subject) {
        return path(subject) + "/versions";
    }

    private static String body(String schema) {
        return MAPPER.createObjectNode().put("schema", schema).toString();
    }

    /** Makes a response of the body of a registry, if it has the status and the content for it. */
    @FunctionalInterface
    private interface Parser {
        /** @param reason describes the response, for messages */
        Response parse(int status, JsonNode json, String reason);
    }

    private Response requestFromEach(String path, @Nullable String body, Parser parser) {
        Response response = new Unavailable("no URL is configured");
        for (URI url : settings.urls()) {
            response = request(URI.create(url.toString().replaceAll("/+$", "") + path), body, parser);
            if (!(response instanceof Unavailable)) {
                return response;
            }
        }
        return response;
    }

    private Response request(URI uri, @Nullable String body, Parser parser) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", ACCEPT);
        if (body != null) {
            request.header("Content-Type", JSON).POST(HttpRequest.BodyPublishers.ofString(body));
        }
        if (settings.authorization() != null) {
            request.header("Authorization", settings.authorization());
        }
        try {
            HttpResponse<byte[]> response = http.response(request.build(), MAX_RESPONSE_BYTES);
            return parse(uri, response.statusCode(), response.body(), parser);
        } catch (DownloadException e) {
            return new Unavailable(String.valueOf(e.getMessage()));
        }
    }

    private static Response parse(URI uri, int status, byte[] body, Parser parser) {
        JsonNode json;
        try {
            json = MAPPER.readTree(body);
        } catch (IOException e) {
            return parser.parse(
                    status, MissingNode.getInstance(), uri + " responded with HTTP " + status + " without JSON");
        }
        String reason = (uri + " responded with HTTP " + status + " "
                        + json.path("message").asText())
                .strip();
        return parser.parse(status, json, reason);
    }

    /** Whether an error is that of a registry; otherwise it is of a proxy, or the URL is wrong. */
    private static boolean isOfRegistry(JsonNode json) {
        return json.path("error_code").isInt();
    }

    private static Response found(int status, JsonNode json, String reason) {
        if (status == OK && json.path("schema").isTextual()) {
            return new Found(json.path("schema").asText(), references(json));
        }
        return isOfRegistry(json) && REFUSALS.contains(status) ? new Unknown(reason) : new Unavailable(reason);
    }

    private static Response registered(int status, JsonNode json, String reason) {
        if (status == OK && json.path("id").asInt() > 0) {
            return new Registered(json.path("id").asInt());
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) { // also of a proxy: no retry changes it
            return new Refused(status, reason);
        }
        if (!isOfRegistry(json) || status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS) {
            return new Unavailable(reason);
        }
        return status == NOT_FOUND ? new Unknown(reason) : new Refused(status, reason);
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
