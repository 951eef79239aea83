/** Labelled stamps: reading, checking, normalising and splitting. */
@NullMarked
package dev.stampede.training.dataset;

import org.jspecify.annotations.NullMarked;
