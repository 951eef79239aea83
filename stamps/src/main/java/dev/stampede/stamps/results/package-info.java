/** Results tables of searches, such as those of KBMOD: rows of fields and images, in several file formats. */
@NullMarked
package dev.stampede.stamps.results;

import org.jspecify.annotations.NullMarked;
