/** What a shift-and-stack search emits, made from a seed: the same stack of exposures, coadded as a search does. */
@NullMarked
package dev.stampede.stamps.simulate;

import org.jspecify.annotations.NullMarked;
