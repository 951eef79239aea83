package dev.stampede.streaming.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.schemas.ReleaseRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a stream has made of the releases; it serves this as JSON on {@link #PATH}.
 *
 * @param live the SHA-256 of the model whose verdicts are published
 * @param shadow the SHA-256 of the shadow model; empty if there is none
 * @param rejected the releases that it could not apply
 */
record ReleaseStatus(String live, Optional<String> shadow, List<Rejection> rejected) {
    static final String PATH = "/api/releases";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    ReleaseStatus {
        rejected = List.copyOf(rejected);
    }

    /**
     * A release that could not be applied.
     *
     * @param offset of its record
     * @param isRetried whether the stream tries again
     */
    record Rejection(long offset, String reason, boolean isRetried) {}

    /** The SHA-256 of the model in a role; empty if none is. */
    Optional<String> model(ReleaseRole role) {
        return role == ReleaseRole.LIVE ? Optional.of(live) : shadow;
    }

    ObjectNode toJson() {
        ObjectNode json = MAPPER.createObjectNode().put("live", live).put("shadow", shadow.orElse(null));
        ArrayNode list = json.putArray("rejected");
        rejected.forEach(rejection -> list.addObject()
                .put("offset", rejection.offset())
                .put("reason", rejection.reason())
                .put("retried", rejection.isRetried()));
        return json;
    }

    /** Reads the JSON of {@link #toJson}; throws IllegalArgumentException if it is something else. */
    static ReleaseStatus parse(String text) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        if (!json.path("live").isTextual()) {
            throw new IllegalArgumentException("no live model");
        }
        List<Rejection> rejected = new ArrayList<>();
        json.path("rejected")
                .forEach(each -> rejected.add(new Rejection(
                        each.path("offset").asLong(),
                        each.path("reason").asText(),
                        each.path("retried").asBoolean())));
        return new ReleaseStatus(
                json.path("live").asText(),
                Optional.ofNullable(json.path("shadow").textValue()),
                rejected);
    }
}
