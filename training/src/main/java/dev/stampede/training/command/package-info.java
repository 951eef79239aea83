/** The commands that train and evaluate networks, thin layers over {@code pipeline}, {@code evaluate} and {@code fetch}. */
@NullMarked
package dev.stampede.training.command;

import org.jspecify.annotations.NullMarked;
