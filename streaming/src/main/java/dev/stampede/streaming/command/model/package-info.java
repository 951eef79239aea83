/** Commands about models: adopt, promote, rollback, models, compare-shadow. */
@NullMarked
package dev.stampede.streaming.command.model;

import org.jspecify.annotations.NullMarked;
