package dev.stampede.streaming.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.streaming.packet.SingleObject;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A release as it stands in the topic.
 *
 * @param offset where it stands; what stands later counts more
 */
public record Release(long offset, ModelRelease said) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * The release in a record.
     *
     * @throws UnreadableReleaseException if it holds none
     */
    static Release read(ConsumerRecord<byte[], byte[]> record) throws UnreadableReleaseException {
        ModelRelease said;
        try {
            said = SingleObject.readRelease(record.value());
        } catch (IOException | RuntimeException e) { // Avro meets foreign bytes with exceptions of many kinds
            throw new UnreadableReleaseException(record, "is no release: " + e.getMessage());
        }
        if (record.key() == null || !new String(record.key(), UTF_8).equals(said.getSha256())) {
            throw new UnreadableReleaseException(record, "has another key than the SHA-256 of its file");
        }
        if (!SHA_256.matcher(said.getSha256()).matches()) {
            throw new UnreadableReleaseException(record, "names the SHA-256 '" + said.getSha256() + "'");
        }
        boolean hasFile = said.getContent() != null || said.getLocation() != null;
        if (said.getRole() != ReleaseRole.RETIRED && !hasFile) {
            throw new UnreadableReleaseException(record, "has neither the file nor its location");
        }
        return new Release(record.offset(), said);
    }

    public String sha256() {
        return said.getSha256();
    }

    public ReleaseRole role() {
        return said.getRole();
    }

    /** Name, version, the start of the SHA-256 and the offset, for people. */
    public String words() {
        return said.getModelName() + " " + said.getModelVersion() + " (" + sha256().substring(0, 12) + ", offset "
                + offset + ")";
    }
}
