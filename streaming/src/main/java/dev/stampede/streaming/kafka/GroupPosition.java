package dev.stampede.streaming.kafka;

import org.apache.kafka.common.TopicPartition;

/**
 * The committed position of a consumer group in a partition that still exists.
 *
 * @param committed the offset of the next record; -1 if the group has none
 * @param first the first available offset
 * @param end the offset after the last record
 */
public record GroupPosition(TopicPartition partition, long committed, long first, long end) {
    static final long NONE = -1;

    public boolean isAbsent() {
        return committed == NONE;
    }

    /** Whether the record at the position was deleted, or was never written to this topic. */
    public boolean isOutOfRange() {
        return !isAbsent() && (committed < first || committed > end);
    }

    /** The number of offsets that were deleted before the group read them; some may be of transaction markers. */
    public long lost() {
        return isAbsent() ? 0 : Math.max(0, first - committed);
    }
}
