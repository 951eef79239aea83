package dev.stampede.streaming.kafka;

/**
 * A range of offsets of one partition.
 *
 * @param partition 0 or more
 * @param from the first offset, 0 or more
 * @param to the offset after the last, {@code from} or more
 */
public record OffsetRange(int partition, long from, long to) {
    public OffsetRange {
        if (partition < 0 || from < 0 || to < from) {
            throw new IllegalArgumentException("invalid offsets " + from + " to " + to + " of partition " + partition);
        }
    }
}
