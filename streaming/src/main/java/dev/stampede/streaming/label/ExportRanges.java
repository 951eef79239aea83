package dev.stampede.streaming.label;

import dev.stampede.streaming.kafka.TopicRange;

/** The offsets that an export reads. The same ranges, model and settings give the same bytes. */
public record ExportRanges(TopicRange alerts, TopicRange labels) {}
