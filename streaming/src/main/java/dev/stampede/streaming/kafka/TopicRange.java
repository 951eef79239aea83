package dev.stampede.streaming.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Exact ranges of offsets of a topic, so that the same records can be read again.
 *
 * @param ranges by partition, in order
 */
public record TopicRange(
        String topic, @JsonProperty("offsets") List<OffsetRange> ranges) {
    public TopicRange {
        ranges = ranges.stream()
                .sorted(Comparator.comparingInt(OffsetRange::partition))
                .toList();
        long partitions = ranges.stream().map(OffsetRange::partition).distinct().count();
        if (topic.isBlank() || partitions < ranges.size()) {
            throw new IllegalArgumentException("the topic is blank or a partition is repeated: " + topic + ranges);
        }
    }

    /** The number of offsets, including those of transaction markers, which are not records. */
    public long offsets() {
        return ranges.stream().mapToLong(piece -> piece.to() - piece.from()).sum();
    }

    /**
     * The part of it after the end of {@code earlier}, an earlier range of the topic. Partitions whose end is before that
     * of {@code earlier} were deleted and created again: all of them is new.
     */
    public TopicRange after(TopicRange earlier) {
        Map<Integer, Long> ends =
                earlier.ranges().stream().collect(Collectors.toMap(OffsetRange::partition, OffsetRange::to));
        return new TopicRange(
                topic,
                ranges.stream()
                        .map(range -> {
                            long end = ends.getOrDefault(range.partition(), 0L);
                            return end > range.to()
                                    ? range
                                    : new OffsetRange(range.partition(), Math.max(range.from(), end), range.to());
                        })
                        .toList());
    }
}
