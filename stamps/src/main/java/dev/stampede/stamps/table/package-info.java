/** Tables as comma-separated values. */
@NullMarked
package dev.stampede.stamps.table;

import org.jspecify.annotations.NullMarked;
