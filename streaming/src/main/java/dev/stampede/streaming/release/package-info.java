/** Releases of models: what the topic says of them, and how a running stream follows. */
@NullMarked
package dev.stampede.streaming.release;

import org.jspecify.annotations.NullMarked;
