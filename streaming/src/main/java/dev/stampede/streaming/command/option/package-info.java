/** Groups of options that several commands share. */
@NullMarked
package dev.stampede.streaming.command.option;

import org.jspecify.annotations.NullMarked;
