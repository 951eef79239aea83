/** Sources that are put into the stream's own backgrounds, to measure which of them are found. */
@NullMarked
package dev.stampede.streaming.canary;

import org.jspecify.annotations.NullMarked;
