/** What leaves the stream: classifications, and dead letters with their reason. */
@NullMarked
package dev.stampede.streaming.publish;

import org.jspecify.annotations.NullMarked;
