/** What is told of the population of alerts: verdicts by survey, and drift from the training data. */
@NullMarked
package dev.stampede.streaming.watch;

import org.jspecify.annotations.NullMarked;
