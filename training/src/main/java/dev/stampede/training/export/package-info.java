/** From a fitted network to the model file. */
@NullMarked
package dev.stampede.training.export;

import org.jspecify.annotations.NullMarked;
