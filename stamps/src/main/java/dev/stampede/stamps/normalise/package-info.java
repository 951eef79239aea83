/** The normalisation of raw pixels, shared by training and serving. */
@NullMarked
package dev.stampede.stamps.normalise;

import org.jspecify.annotations.NullMarked;
