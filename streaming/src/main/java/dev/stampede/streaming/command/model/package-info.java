/** Commands about releases of models: promote, rollback, models. */
@NullMarked
package dev.stampede.streaming.command.model;

import org.jspecify.annotations.NullMarked;
