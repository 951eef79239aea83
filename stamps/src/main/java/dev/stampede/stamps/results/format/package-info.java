/** The file formats of results tables: one reader each. */
@NullMarked
package dev.stampede.stamps.results.format;

import org.jspecify.annotations.NullMarked;
