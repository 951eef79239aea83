/** Dead letters: their headers, their log and their replay. */
@NullMarked
package dev.stampede.streaming.deadletter;

import org.jspecify.annotations.NullMarked;
