/** Commands on topics: produce, tail, replay-dead-letters. */
@NullMarked
package dev.stampede.streaming.command.topic;

import org.jspecify.annotations.NullMarked;
