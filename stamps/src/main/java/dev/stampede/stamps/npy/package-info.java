/** Arrays and stamps in numpy's {@code .npy} files. */
@NullMarked
package dev.stampede.stamps.npy;

import org.jspecify.annotations.NullMarked;
