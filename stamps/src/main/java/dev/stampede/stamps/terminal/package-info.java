/** How every command behaves: exit codes, error sentences, progress. */
@NullMarked
package dev.stampede.stamps.terminal;

import org.jspecify.annotations.NullMarked;
