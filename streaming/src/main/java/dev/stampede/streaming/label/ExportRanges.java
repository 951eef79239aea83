package dev.stampede.streaming.label;

import dev.stampede.streaming.kafka.TopicRange;
import java.util.List;

/**
 * The offsets that an export reads. The same ranges, model and settings give the same bytes.
 *
 * @param alerts by topic, in the order in which they are read
 */
public record ExportRanges(List<TopicRange> alerts, TopicRange labels) {
    public ExportRanges {
        alerts = List.copyOf(alerts);
    }

    /** The number of offsets of alerts. */
    public long alertOffsets() {
        return alerts.stream().mapToLong(TopicRange::offsets).sum();
    }
}
