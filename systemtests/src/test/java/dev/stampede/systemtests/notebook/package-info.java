/** The notebook of {@code examples}, executed. */
@NullMarked
package dev.stampede.systemtests.notebook;

import org.jspecify.annotations.NullMarked;
