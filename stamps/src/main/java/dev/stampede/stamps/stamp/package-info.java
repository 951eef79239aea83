/** Stamps: pixels, their order and their masks. */
@NullMarked
package dev.stampede.stamps.stamp;

import org.jspecify.annotations.NullMarked;
