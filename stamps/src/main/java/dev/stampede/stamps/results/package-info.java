/** Results tables of searches, such as those of KBMOD: rows of fields and images, as one source of candidates. */
@NullMarked
package dev.stampede.stamps.results;

import org.jspecify.annotations.NullMarked;
