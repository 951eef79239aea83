package dev.stampede.streaming.history;

import java.util.Comparator;
import java.util.List;

/**
 * A piece of each partition of a topic, which says exactly what is read, whenever that is.
 *
 * @param stretches by partition, in order
 */
public record TopicRange(String topic, List<Stretch> stretches) {
    public TopicRange {
        stretches = stretches.stream()
                .sorted(Comparator.comparingInt(Stretch::partition))
                .toList();
        long partitions = stretches.stream().map(Stretch::partition).distinct().count();
        if (topic.isBlank() || partitions < stretches.size()) {
            throw new IllegalArgumentException("a topic has a name and each partition once, not " + topic + stretches);
        }
    }

    /** How many offsets lie in it; those of transactions' own marks, which are no records, among them. */
    public long offsets() {
        return stretches.stream().mapToLong(piece -> piece.to() - piece.from()).sum();
    }
}
