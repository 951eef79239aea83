package dev.stampede.streaming.scoring;

import java.time.Duration;

/**
 * A model in shadow deployment: it scores the same alerts as the live model, and its verdicts go to a separate topic.
 *
 * @param maxPollDelay how long it may delay the verdicts of a poll
 */
public record ShadowModel(ModelHandle model, Duration maxPollDelay) {}
