package dev.stampede.streaming.command;

import dev.stampede.streaming.packet.ErrorClass;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far each class of error has been replayed in one partition. Kafka keeps it as the committed offset of a consumer
 * group: the offset is the least of all classes, the metadata has them all, such as {@code CORRUPT_AVRO=12,NULL_VALUE=7}.
 */
final class ReplayPosition {
    private final Map<ErrorClass, Long> next = new EnumMap<>(ErrorClass.class);

    /** What a group has committed; nothing at all where it has not. */
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

    /** The first offset of which not every class has been replayed. */
    long start() {
        return Arrays.stream(ErrorClass.values())
                .mapToLong(error -> next.getOrDefault(error, 0L))
                .min()
                .orElse(0);
    }

    /** Whether a dead letter of {@code error} at {@code offset} has been replayed. */
    boolean hasReplayed(ErrorClass error, long offset) {
        return offset < next.getOrDefault(error, 0L);
    }

    /** All of {@code errors} below {@code offset} are dealt with. */
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
