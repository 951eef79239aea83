/** The commands of the documentation, run page by page. */
@NullMarked
package dev.stampede.systemtests.documentation;

import org.jspecify.annotations.NullMarked;
