/** Fits a network to stamps. */
@NullMarked
package dev.stampede.training.fit;

import org.jspecify.annotations.NullMarked;
