/** The commands of training. */
@NullMarked
package dev.stampede.training.command;

import org.jspecify.annotations.NullMarked;
