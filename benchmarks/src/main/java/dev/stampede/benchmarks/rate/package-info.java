/** What a rate is. */
@NullMarked
package dev.stampede.benchmarks.rate;

import org.jspecify.annotations.NullMarked;
