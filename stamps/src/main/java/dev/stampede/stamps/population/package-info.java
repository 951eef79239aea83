/** What the population of stamps looked like in training, to tell when that of a stream has moved away from it. */
@NullMarked
package dev.stampede.stamps.population;

import org.jspecify.annotations.NullMarked;
