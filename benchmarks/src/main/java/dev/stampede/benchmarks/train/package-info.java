/** Training throughput compared with PyTorch. */
@NullMarked
package dev.stampede.benchmarks.train;

import org.jspecify.annotations.NullMarked;
