/** How fast the parts are, by JMH. */
@NullMarked
package dev.stampede.benchmarks;

import org.jspecify.annotations.NullMarked;
