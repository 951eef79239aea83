/** Exceptions whose message is meant for the user. */
@NullMarked
package dev.stampede.stamps.error;

import org.jspecify.annotations.NullMarked;
