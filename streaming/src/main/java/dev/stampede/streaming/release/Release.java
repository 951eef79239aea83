package dev.stampede.streaming.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.streaming.wire.SingleObject;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A release in the models topic.
 *
 * @param offset of its record; a later release takes precedence
 */
public record Release(long offset, ModelRelease value) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * Decodes a record.
     *
     * @throws UnreadableReleaseException if it is not a release
     */
    static Release read(ConsumerRecord<byte[], byte[]> record) throws UnreadableReleaseException {
        ModelRelease value;
        try {
            value = SingleObject.read(ModelRelease.class, record.value());
        } catch (IOException | RuntimeException e) { // Avro throws many kinds on corrupt bytes
            throw new UnreadableReleaseException(record, "is not a release: " + e.getMessage());
        }
        if (record.key() == null || !new String(record.key(), UTF_8).equals(value.getSha256())) {
            throw new UnreadableReleaseException(record, "has a key other than the SHA-256 of its file");
        }
        if (!SHA_256.matcher(value.getSha256()).matches()) {
            throw new UnreadableReleaseException(record, "has the invalid SHA-256 '" + value.getSha256() + "'");
        }
        boolean hasFile = value.getContent() != null || value.getLocation() != null;
        if (value.getRole() != ReleaseRole.RETIRED && !hasFile) {
            throw new UnreadableReleaseException(record, "has neither the file nor its location");
        }
        return new Release(record.offset(), value);
    }

    public String sha256() {
        return value.getSha256();
    }

    public ReleaseRole role() {
        return value.getRole();
    }

    /** Name, version, the start of the SHA-256 and the offset, for people. */
    public String describe() {
        return value.getModelName() + " " + value.getModelVersion() + " (" + sha256().substring(0, 12) + ", offset "
                + offset + ")";
    }
}
