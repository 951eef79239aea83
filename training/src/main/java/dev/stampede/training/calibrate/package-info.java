/** Scores of a network on labelled examples, temperature scaling and the choice of a threshold. */
@NullMarked
package dev.stampede.training.calibrate;

import org.jspecify.annotations.NullMarked;
