/** Resampling from the pixel scale of a survey to that of a model. */
@NullMarked
package dev.stampede.stamps.resample;

import org.jspecify.annotations.NullMarked;
