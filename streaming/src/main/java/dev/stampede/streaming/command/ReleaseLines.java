package dev.stampede.streaming.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stampede.schemas.ModelRelease;
import java.util.Locale;

/** Releases as lines for people and as JSON. */
final class ReleaseLines {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReleaseLines() {}

    /** Role, name, version, SHA-256, who, when and why. */
    static String text(ModelRelease release) {
        return String.format(
                Locale.ROOT,
                "%-8s %s %s  %s  %s by %s%s",
                role(release),
                release.getModelName(),
                release.getModelVersion(),
                release.getSha256().substring(0, 12),
                release.getReleasedTime(),
                release.getReleasedBy(),
                release.getComment() == null ? "" : ": " + release.getComment());
    }

    /** All that a release says but for the file itself. */
    static ObjectNode json(ModelRelease release, long offset) {
        return MAPPER.createObjectNode()
                .put("role", role(release))
                .put("modelName", release.getModelName())
                .put("modelVersion", release.getModelVersion())
                .put("sha256", release.getSha256())
                .put("sizeBytes", release.getSizeBytes())
                .put("location", release.getLocation())
                .put("embedded", release.getContent() != null)
                .put("releasedBy", release.getReleasedBy())
                .put("releasedTime", release.getReleasedTime().toString())
                .put("comment", release.getComment())
                .put("offset", offset);
    }

    private static String role(ModelRelease release) {
        return release.getRole().name().toLowerCase(Locale.ROOT);
    }
}
