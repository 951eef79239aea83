package dev.stampede.streaming.command.model;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.stampede.schemas.ModelRelease;
import dev.stampede.streaming.wire.AvroMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a release is printed.
 *
 * @param more further properties of the JSON object
 */
record ReleaseRow(ModelRelease release, long offset, Map<String, ?> more) {
    ReleaseRow(ModelRelease release, long offset) {
        this(release, offset, Map.of());
    }

    /** Role, name, version, SHA-256, time, user and comment. */
    String toText() {
        return String.format(
                Locale.ROOT,
                "%-8s %s %s  %s  %s by %s%s",
                role(),
                release.getModelName(),
                release.getModelVersion(),
                release.getSha256().substring(0, 12),
                release.getReleasedTime(),
                release.getReleasedBy(),
                release.getComment() == null ? "" : ": " + release.getComment());
    }

    /** All fields except the content of an embedded file. */
    @JsonValue
    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = AvroMap.of(release);
        json.remove("content");
        json.put("role", role());
        json.put("embedded", release.getContent() != null);
        json.put("offset", offset);
        json.putAll(more);
        return json;
    }

    private String role() {
        return release.getRole().name().toLowerCase(Locale.ROOT);
    }
}
