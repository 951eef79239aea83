/** Decoding of survey packets: memory and throughput. */
@NullMarked
package dev.stampede.benchmarks.packets;

import org.jspecify.annotations.NullMarked;
