/** From raw pixels to what a network sees; training and serving both come through here. */
@NullMarked
package dev.stampede.stamps.normalise;

import org.jspecify.annotations.NullMarked;
