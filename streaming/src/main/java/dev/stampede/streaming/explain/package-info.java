/** Which verdicts are explained, how, and at what cost. */
@NullMarked
package dev.stampede.streaming.explain;

import org.jspecify.annotations.NullMarked;
