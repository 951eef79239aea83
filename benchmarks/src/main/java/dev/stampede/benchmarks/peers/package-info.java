/** The stream next to programs of other frameworks that do its work. */
@NullMarked
package dev.stampede.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
