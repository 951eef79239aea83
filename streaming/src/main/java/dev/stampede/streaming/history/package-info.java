/** What is on topics between two moments, read once, in one order. */
@NullMarked
package dev.stampede.streaming.history;

import org.jspecify.annotations.NullMarked;
