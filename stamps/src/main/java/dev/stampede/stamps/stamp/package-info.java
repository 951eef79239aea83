/** The stamp itself: pixels, their order, their masks. */
@NullMarked
package dev.stampede.stamps.stamp;

import org.jspecify.annotations.NullMarked;
