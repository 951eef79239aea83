/** The architectures, and the engine that computes them. */
@NullMarked
package dev.stampede.training.network;

import org.jspecify.annotations.NullMarked;
