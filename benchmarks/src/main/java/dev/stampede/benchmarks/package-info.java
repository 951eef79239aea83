/** What Stampede costs, measured with JMH. */
@NullMarked
package dev.stampede.benchmarks;

import org.jspecify.annotations.NullMarked;
