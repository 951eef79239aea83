/** The network architectures, as Deeplearning4j graphs. */
@NullMarked
package dev.stampede.training.network;

import org.jspecify.annotations.NullMarked;
