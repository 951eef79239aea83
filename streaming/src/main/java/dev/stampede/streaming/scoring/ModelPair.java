package dev.stampede.streaming.scoring;

import java.util.Optional;

/**
 * The models that score a poll.
 *
 * @param live the model whose verdicts are published
 * @param shadow scores the same alerts for comparison
 */
public record ModelPair(ModelHandle live, Optional<ShadowModel> shadow) {}
