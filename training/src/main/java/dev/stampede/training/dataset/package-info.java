/** Labelled stamps: read, judged, normalised, split. */
@NullMarked
package dev.stampede.training.dataset;

import org.jspecify.annotations.NullMarked;
