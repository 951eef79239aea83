@NullMarked
package dev.stampede.benchmarks.bench;

import org.jspecify.annotations.NullMarked;
