/** Fits a network to labelled stamps: optimisers, schedules, checkpoints and data-parallel threads. */
@NullMarked
package dev.stampede.training.fit;

import org.jspecify.annotations.NullMarked;
