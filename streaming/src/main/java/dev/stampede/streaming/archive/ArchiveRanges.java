package dev.stampede.streaming.archive;

import dev.stampede.streaming.history.TopicRange;

/** What an archive is made of. With the same model and settings the same ranges give the same bytes. */
public record ArchiveRanges(TopicRange alerts, TopicRange labels) {}
