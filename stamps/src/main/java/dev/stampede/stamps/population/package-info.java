/** The population of stamps in training, to detect drift of that in a stream. */
@NullMarked
package dev.stampede.stamps.population;

import org.jspecify.annotations.NullMarked;
