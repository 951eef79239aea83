/** Stamps as pictures, for reports and for labelling by eye. */
@NullMarked
package dev.stampede.stamps.picture;

import org.jspecify.annotations.NullMarked;
