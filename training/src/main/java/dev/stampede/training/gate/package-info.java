/** The gate: whether a new model may replace the live one. */
@NullMarked
package dev.stampede.training.gate;

import org.jspecify.annotations.NullMarked;
