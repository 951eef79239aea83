/** Metrics of the alert population: verdicts by survey, and drift from the reference population. */
@NullMarked
package dev.stampede.streaming.drift;

import org.jspecify.annotations.NullMarked;
