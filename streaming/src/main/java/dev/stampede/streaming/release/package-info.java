/** Model releases: their topic, and how a running stream follows them. */
@NullMarked
package dev.stampede.streaming.release;

import org.jspecify.annotations.NullMarked;
