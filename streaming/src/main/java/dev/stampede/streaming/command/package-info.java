/** The commands that {@code ./stampede} runs in this module. */
@NullMarked
package dev.stampede.streaming.command;

import org.jspecify.annotations.NullMarked;
