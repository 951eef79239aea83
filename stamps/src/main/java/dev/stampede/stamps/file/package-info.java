/** Files: atomic writes, recursive deletes and bounded downloads. */
@NullMarked
package dev.stampede.stamps.file;

import org.jspecify.annotations.NullMarked;
