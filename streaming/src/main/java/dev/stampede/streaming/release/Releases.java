package dev.stampede.streaming.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The releases of the models topic, by the SHA-256 of the file: as in a compacted topic the last record of a file counts,
 * and of several files in one role the last one. One thread.
 */
public final class Releases {
    private static final Comparator<Release> NEWEST_FIRST =
            Comparator.comparingLong(Release::offset).reversed();

    private final Map<String, Release> bySha256 = new HashMap<>();

    /**
     * Adds the next record of the topic.
     *
     * @throws UnreadableReleaseException if it is not a release; nothing changes then
     */
    void add(ConsumerRecord<byte[], byte[]> record) throws UnreadableReleaseException {
        if (record.value() == null && record.key() != null) {
            bySha256.remove(new String(record.key(), UTF_8)); // a tombstone
            return;
        }
        Release release = Release.read(record);
        bySha256.put(release.sha256(), release);
    }

    /** All releases, newest first. */
    public List<Release> all() {
        return bySha256.values().stream().sorted(NEWEST_FIRST).toList();
    }

    /** The releases of a role, newest first. */
    public List<Release> of(ReleaseRole role) {
        return all().stream().filter(release -> release.role() == role).toList();
    }

    /**
     * The first other file with the name and version of {@code release}, whatever its role: classifications of both could
     * not be distinguished by them. Empty if there is none.
     */
    public Optional<Release> namesake(ModelRelease release) {
        return all().stream()
                .filter(other -> !other.sha256().equals(release.getSha256())
                        && other.value().getModelName().equals(release.getModelName())
                        && other.value().getModelVersion().equals(release.getModelVersion()))
                .min(Comparator.comparingLong(Release::offset));
    }

    /** The newest release of a role. */
    public Optional<Release> newest(ReleaseRole role) {
        return of(role).stream().findFirst();
    }
}
