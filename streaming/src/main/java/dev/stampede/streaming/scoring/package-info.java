/** Scores a whole poll as one batch and attaches each outcome to its record. */
@NullMarked
package dev.stampede.streaming.scoring;

import org.jspecify.annotations.NullMarked;
