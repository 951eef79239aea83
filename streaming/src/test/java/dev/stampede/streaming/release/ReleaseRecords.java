package dev.stampede.streaming.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stampede.schemas.ModelRelease;
import dev.stampede.schemas.ReleaseRole;
import dev.stampede.stamps.contract.ModelContract;
import dev.stampede.stamps.contract.ModelFile;
import dev.stampede.stamps.score.TinyModel;
import dev.stampede.streaming.wire.SingleObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A topic of releases in memory. */
final class ReleaseRecords {
    static final Promotion PROMOTION = new Promotion("alice", Optional.of("a test"), Instant.EPOCH);

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    /** What the next release of this file says. */
    static ModelRelease release(ModelFile file, ReleaseRole role) {
        ModelContract contract = TinyModel.standard().contract();
        return PROMOTION.release(file, contract, role, Optional.empty());
    }

    static ModelRelease release(TinyModel model, ReleaseRole role) {
        return PROMOTION.release(model.file(), model.contract(), role, Optional.empty());
    }

    /** Spoils a release: the generated classes have no setters. */
    static void set(ModelRelease release, String field, @Nullable Object value) {
        release.put(release.getSchema().getField(field).pos(), value);
    }

    ConsumerRecord<byte[], byte[]> add(ModelRelease release) {
        return add(release.getSha256(), SingleObject.write(release));
    }

    ConsumerRecord<byte[], byte[]> add(String key, byte @Nullable [] value) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("models", 0, records.size(), key.getBytes(UTF_8), value);
        records.add(record);
        return record;
    }

    List<ConsumerRecord<byte[], byte[]>> all() {
        return records;
    }
}
