/** {@code bench startup}: how long commands take to start. */
@NullMarked
package dev.stampede.benchmarks.startup;

import org.jspecify.annotations.NullMarked;
