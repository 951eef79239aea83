/** The commands of the application: options in, exit codes out. */
@NullMarked
package dev.stampede.streaming.command;

import org.jspecify.annotations.NullMarked;
