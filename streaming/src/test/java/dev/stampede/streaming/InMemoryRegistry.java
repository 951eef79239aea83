package dev.stampede.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * A schema registry in memory: looks up, registers with the compatibility BACKWARD, and serves schemas by id over Confluent's
 * HTTP API. Thread-safe.
 */
public final class InMemoryRegistry implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new HashMap<>();
    private boolean isReadOnly;

    private record Response(int status, Object body) {
        static Response error(int code, String message) {
            return new Response(code / 100, Map.of("error_code", code, "message", message));
        }
    }

    /** Starts a registry on a free port. */
    public InMemoryRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Rejects registrations from now on, as it does to users that may only read. */
    public synchronized void setReadOnly() {
        isReadOnly = true;
    }

    /** The subjects with a schema, in order. */
    public synchronized List<String> subjects() {
        return List.copyOf(new TreeSet<>(subjects.keySet()));
    }

    /** Registers a schema under a subject, without a check. */
    public synchronized int add(String subject, String schema) {
        int id = schemas.indexOf(schema) + 1;
        if (id == 0) {
            schemas.add(schema);
            id = schemas.size();
        }
        subjects.computeIfAbsent(subject, unseen -> new ArrayList<>()).add(id);
        return id;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getRawPath().substring(1).split("/", -1);
        Response response = Response.error(40400, "HTTP 404 Not Found");
        if (path[0].equals("schemas")) {
            response = schema(Integer.parseInt(path[2]));
        } else if (path[0].equals("subjects")) {
            JsonNode request = MAPPER.readTree(exchange.getRequestBody());
            String subject = URLDecoder.decode(path[1], UTF_8);
            response = subject(subject, request.path("schema").asText(), path.length > 2);
        }
        byte[] body = MAPPER.writeValueAsBytes(response.body());
        exchange.sendResponseHeaders(response.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized Response schema(int id) {
        return id > 0 && id <= schemas.size()
                ? new Response(200, Map.of("schema", schemas.get(id - 1)))
                : Response.error(40403, "Schema " + id + " not found");
    }

    private synchronized Response subject(String subject, String schema, boolean registers) {
        List<Integer> versions = subjects.getOrDefault(subject, List.of());
        int id = schemas.indexOf(schema) + 1;
        if (versions.contains(id)) {
            return new Response(200, Map.of("id", id, "subject", subject));
        }
        if (!registers) {
            return Response.error(40401, "Subject '" + subject + "' not found.");
        }
        if (isReadOnly) {
            return Response.error(40301, "User is denied operation Write on Subject: " + subject);
        }
        for (int version : versions) {
            if (!isCompatible(schema, schemas.get(version - 1))) {
                return Response.error(40900, "Schema being registered is incompatible with an earlier schema");
            }
        }
        return new Response(200, Map.of("id", add(subject, schema)));
    }

    private static boolean isCompatible(String reader, String writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(
                                new Schema.Parser().parse(reader), new Schema.Parser().parse(writer))
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
