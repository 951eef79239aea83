package dev.stampede.streaming.scoring;

import java.util.Optional;

/**
 * The models of a moment.
 *
 * @param live its verdicts are published
 * @param shadow scores beside it, for people to compare
 */
record Models(ScoringModel live, Optional<Shadow> shadow) {}
