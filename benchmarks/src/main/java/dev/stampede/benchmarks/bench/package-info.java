/** What the stream as a whole does on this machine: its rate, its latency, and what survives a crash. */
@NullMarked
package dev.stampede.benchmarks.bench;

import org.jspecify.annotations.NullMarked;
