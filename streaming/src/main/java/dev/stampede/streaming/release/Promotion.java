package dev.stampede.streaming.release;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be written so that a model gets a role, or loses it.
 *
 * @param by who or what asks for it
 * @param comment why, where that is said
 * @param time when
 */
public record Promotion(String by, Optional<String> comment, Instant time) {
    /** LIVE releases that stay, the one that judges among them: as many rollbacks less one lead to a released model. */
    public static final int LIVE_KEPT = 5;

    /** With its other fields a record of this size is one that every broker takes (a mebibyte by default). */
    public static final int EMBEDDED_BYTES = 960 << 10;

    /**
     * Gives the model in {@code file} a role.
     *
     * @param contract what the file says of itself
     * @param location where instances fetch it; empty where it goes with the release
     */
    public ModelRelease release(ModelFile file, ModelContract contract, ReleaseRole role, Optional<String> location) {
        byte[] bytes = file.bytes();
        return new ModelRelease(
                contract.modelName(),
                contract.modelVersion(),
                role,
                file.sha256(),
                (long) bytes.length,
                location.orElse(null),
                location.isPresent() ? null : ByteBuffer.wrap(bytes),
                by,
                time,
                comment.orElse(null));
    }

    /** Takes its role from a model; its file goes with it. */
    public ModelRelease retirement(Release release) {
        ModelRelease said = release.said();
        return new ModelRelease(
                said.getModelName(),
                said.getModelVersion(),
                ReleaseRole.RETIRED,
                said.getSha256(),
                said.getSizeBytes(),
                said.getLocation(),
                null,
                by,
                time,
                comment.orElse(null));
    }

    /** The release, then the retirements of those that it replaces: the shadow before, and the oldest that were live. */
    public List<ModelRelease> withRetirements(ModelRelease release, Releases present) {
        List<ModelRelease> records = new ArrayList<>(List.of(release));
        List<Release> others = present.of(release.getRole()).stream()
                .filter(other -> !other.sha256().equals(release.getSha256()))
                .toList();
        int kept = release.getRole() == ReleaseRole.LIVE ? LIVE_KEPT - 1 : 0;
        others.stream().skip(kept).map(this::retirement).forEach(records::add);
        return records;
    }
}
