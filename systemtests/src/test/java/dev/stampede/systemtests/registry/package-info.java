/** The stream with a schema registry of another project. */
@NullMarked
package dev.stampede.systemtests.registry;

import org.jspecify.annotations.NullMarked;
