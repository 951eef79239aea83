/** A simulator of the candidates of a shift-and-stack search. */
@NullMarked
package dev.stampede.stamps.simulate;

import org.jspecify.annotations.NullMarked;
