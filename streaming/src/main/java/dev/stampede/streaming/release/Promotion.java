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
 * The records that give a model a role, or take it away.
 *
 * @param by who or what requests it
 * @param comment the reason, if given
 * @param time of the request
 */
public record Promotion(String by, Optional<String> comment, Instant time) {
    /** LIVE releases that are kept, including the active one: allows one rollback fewer. */
    public static final int LIVE_KEPT = 5;

    /** With its other fields, a record of this size is below the default limit of brokers (one mebibyte). */
    public static final int EMBEDDED_BYTES = 960 << 10;

    /**
     * Gives the model in {@code file} a role.
     *
     * @param location where streams fetch the file; empty to embed it in the release
     */
    public ModelRelease release(ModelFile file, ModelContract contract, ReleaseRole role, Optional<String> location) {
        byte[] bytes = file.bytes();
        return record(role)
                .setModelName(contract.modelName())
                .setModelVersion(contract.modelVersion())
                .setSha256(file.sha256())
                .setSizeBytes(bytes.length)
                .setLocation(location.orElse(null))
                .setContent(location.isPresent() ? null : ByteBuffer.wrap(bytes))
                .build();
    }

    /** Takes the role from a model, without its file. */
    public ModelRelease retirement(Release release) {
        ModelRelease retired = release.value();
        return record(ReleaseRole.RETIRED)
                .setModelName(retired.getModelName())
                .setModelVersion(retired.getModelVersion())
                .setSha256(retired.getSha256())
                .setSizeBytes(retired.getSizeBytes())
                .setLocation(retired.getLocation())
                .setContent(null)
                .build();
    }

    private ModelRelease.Builder record(ReleaseRole role) {
        return ModelRelease.newBuilder()
                .setRole(role)
                .setReleasedBy(by)
                .setReleasedTime(time)
                .setComment(comment.orElse(null));
    }

    /** The release, then the retirements of those it replaces: the previous shadow, or the oldest LIVE releases. */
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
