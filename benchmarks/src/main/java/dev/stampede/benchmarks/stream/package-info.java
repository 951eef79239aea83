/** Throughput of the stream, of its parts alone, and of a per-record scorer. */
@NullMarked
package dev.stampede.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
