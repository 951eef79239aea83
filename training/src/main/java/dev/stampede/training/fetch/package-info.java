/** Downloads a published data set. */
@NullMarked
package dev.stampede.training.fetch;

import org.jspecify.annotations.NullMarked;
