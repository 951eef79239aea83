/** Injection and recovery: the recall of simulated sources in backgrounds of the stream. */
@NullMarked
package dev.stampede.streaming.injection;

import org.jspecify.annotations.NullMarked;
