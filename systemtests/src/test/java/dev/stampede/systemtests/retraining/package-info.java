/** The retraining job on a running stream. */
@NullMarked
package dev.stampede.systemtests.retraining;

import org.jspecify.annotations.NullMarked;
