/** Metrics, liveness and readiness, over HTTP. */
@NullMarked
package dev.stampede.streaming.monitor;

import org.jspecify.annotations.NullMarked;
