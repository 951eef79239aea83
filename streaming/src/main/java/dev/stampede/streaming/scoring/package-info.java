/** Scores a whole poll at once and lets each outcome ride on its record. */
@NullMarked
package dev.stampede.streaming.scoring;

import org.jspecify.annotations.NullMarked;
