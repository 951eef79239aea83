/** Simulated stacks of images with movers and artefacts, and the candidates that a search selects in them. */
@NullMarked
package dev.stampede.stamps.simulate.stack;

import org.jspecify.annotations.NullMarked;
