package dev.stampede.streaming.scoring;

import java.time.Duration;

/**
 * A model that scores beside the one whose verdicts are published.
 *
 * @param mostOfAPoll how long it may hold the verdicts of a poll back
 */
public record Shadow(ScoringModel model, Duration mostOfAPoll) {}
