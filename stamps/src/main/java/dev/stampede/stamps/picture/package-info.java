/** Stamps as pictures, for reports and for eyes that label. */
@NullMarked
package dev.stampede.stamps.picture;

import org.jspecify.annotations.NullMarked;
