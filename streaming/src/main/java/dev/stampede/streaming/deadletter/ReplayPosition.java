package dev.stampede.streaming.deadletter;

import dev.stampede.streaming.wire.ErrorClass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far each error class has been replayed in one partition. It is stored as the committed offset of a consumer group:
 * the offset is the minimum over the classes, the metadata has all of them, such as {@code CORRUPT_AVRO=12,NULL_VALUE=7}.
 */
final class ReplayPosition {
    private final Map<ErrorClass, Long> next = new EnumMap<>(ErrorClass.class);

    /** From what a group has committed; null if it has not. */
    static ReplayPosition of(@Nullable OffsetAndMetadata committed) {
        ReplayPosition position = new ReplayPosition();
        if (committed != null) {
            Map<String, Long> written = Arrays.stream(committed.metadata().split(","))
                    .map(entry -> entry.split("="))
                    .filter(pair -> pair.length == 2)
                    .collect(Collectors.toMap(pair -> pair[0], pair -> Long.parseLong(pair[1])));
            for (ErrorClass error : ErrorClass.values()) {
                position.next.put(error, written.getOrDefault(error.name(), committed.offset()));
            }
        }
        return position;
    }

    /** The first offset that is not yet replayed for every class. */
    long start() {
        return Arrays.stream(ErrorClass.values())
                .mapToLong(error -> next.getOrDefault(error, 0L))
                .min()
                .orElse(0);
    }

    boolean hasReplayed(ErrorClass error, long offset) {
        return offset < next.getOrDefault(error, 0L);
    }

    /** Marks all dead letters of {@code errors} below {@code offset} as replayed. */
    void advance(Set<ErrorClass> errors, long offset) {
        errors.forEach(error -> next.merge(error, offset, Math::max));
    }

    OffsetAndMetadata toCommit() {
        String written = Arrays.stream(ErrorClass.values())
                .map(error -> error + "=" + next.getOrDefault(error, 0L))
                .collect(Collectors.joining(","));
        return new OffsetAndMetadata(start(), written);
    }
}
