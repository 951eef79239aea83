/** {@code bench gpu}: what must work on a machine with an NVIDIA GPU, checked in order, and measured. */
@NullMarked
package dev.stampede.benchmarks.gpu;

import org.jspecify.annotations.NullMarked;
