/** Commands that run a service: stream, health, broker, demo, inject. */
@NullMarked
package dev.stampede.streaming.command.run;

import org.jspecify.annotations.NullMarked;
