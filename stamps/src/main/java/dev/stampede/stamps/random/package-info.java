/** Random numbers that are the same on every Java version. */
@NullMarked
package dev.stampede.stamps.random;

import org.jspecify.annotations.NullMarked;
