/** A shift-and-stack search: from images of a field to candidates with their likelihood, light curve and coadds. */
@NullMarked
package dev.stampede.stamps.search;

import org.jspecify.annotations.NullMarked;
