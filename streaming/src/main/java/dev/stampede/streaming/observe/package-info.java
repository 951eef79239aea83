/** Metrics, liveness and readiness, over HTTP. */
@NullMarked
package dev.stampede.streaming.observe;

import org.jspecify.annotations.NullMarked;
