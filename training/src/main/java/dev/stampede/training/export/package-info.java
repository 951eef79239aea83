/** Exports a fitted network as a verified model file. */
@NullMarked
package dev.stampede.training.export;

import org.jspecify.annotations.NullMarked;
