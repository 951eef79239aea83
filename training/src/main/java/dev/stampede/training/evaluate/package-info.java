/** Metrics of a model on labelled stamps, with bootstrap intervals, and comparisons with other models and filters. */
@NullMarked
package dev.stampede.training.evaluate;

import org.jspecify.annotations.NullMarked;
