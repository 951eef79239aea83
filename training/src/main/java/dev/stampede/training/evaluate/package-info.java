/** How good the probabilities of a network are, and how they are calibrated. */
@NullMarked
package dev.stampede.training.evaluate;

import org.jspecify.annotations.NullMarked;
